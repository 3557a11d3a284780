import { useQuery } from "@apollo/client/react";
import { Grid, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useMe } from "../../features/account/useMe";
import { Freeze, History } from "../../features/dispute/CaseSide";
import { CaseLead } from "../../features/dispute/CaseLead";
import { CaseTurn } from "../../features/dispute/CaseTurn";
import { FileButton } from "../../features/dispute/FileButton";
import { FindingPanel } from "../../features/dispute/FindingPanel";
import { Proposals } from "../../features/dispute/Proposals";
import { Room } from "../../features/dispute/Room";
import { Evidence } from "../../features/giving/Evidence";
import { CaseBar } from "../../features/ruling/CaseBar";
import { CredentialsReveal } from "../../features/ruling/CredentialsReveal";
import { Decide } from "../../features/ruling/Decide";
import { OrderFile } from "../../features/ruling/OrderFile";
import { Parties } from "../../features/ruling/Parties";
import { Rulings } from "../../features/ruling/Rulings";
import { CaseReviewDocument, type ReviewWholeFragment } from "../../gql/caseReview";
import { Page } from "../../ui/Page";
import { Failure } from "../../ui/States";
import { WaitingParts } from "../../ui/Waiting";

/** One case, as an admin decides it. */
export function Component() {
  const { t } = useTranslation("ruling");
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery(CaseReviewDocument, { variables: { id }, fetchPolicy: "cache-and-network" });
  const review = data?.caseReview;
  if (!review) {
    return (
      <Page title={t("case")} back="/admin/cases">
        {error ? <Failure error={error} retry={() => refetch()} /> : <WaitingParts />}
      </Page>
    );
  }
  const { title } = review.case;
  return (
    <Page title={title} lead={<CaseLead case_={review.case} />} back="/admin/cases">
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Work review={review} now={data.now ?? review.case.openedAt} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack>
            <Parties case_={review.case} />
            <OrderFile review={review} />
            <Freeze case_={review.case} />
            <History case_={review.case} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Work({ review, now }: { review: ReviewWholeFragment; now: string }) {
  const { t } = useTranslation("ruling");
  const me = useMe()?.id;
  const { case: case_, claimedBy } = review;
  const mine = claimedBy !== null && claimedBy.id === me;
  const mediated = case_.refusal?.mediationBeganAt != null;
  return (
    <Stack>
      <CaseTurn case_={case_} now={now} />
      <CaseBar review={review} />
      <Rulings review={review} />
      {mine && <Decide review={review} />}
      {case_.refusal?.finding != null && <FindingPanel case_={case_} side={null} />}
      {mediated && <Proposals case_={case_} role="ADMIN" />}
      {mediated && mine && <Room id={case_.id} role="ADMIN" open={case_.state === "MEDIATION"} />}
      {case_.evidence === null ? (
        <Paper withBorder p="md">
          <Text size="sm" c="dimmed">
            {t("evidenceHidden")}
          </Text>
        </Paper>
      ) : (
        <Evidence evidence={case_.evidence} mySide={null} />
      )}
      {mine && <CredentialsReveal id={case_.id} />}
      {mine && <FileButton id={case_.id} />}
    </Stack>
  );
}
