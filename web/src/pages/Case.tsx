import { useQuery } from "@apollo/client/react";
import { Grid, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Navigate, useParams } from "react-router";
import { About, Freeze, History } from "../features/dispute/CaseSide";
import { CaseLead } from "../features/dispute/CaseLead";
import { CaseTurn } from "../features/dispute/CaseTurn";
import { PartyPart } from "../features/dispute/PartyPart";
import { Proposals } from "../features/dispute/Proposals";
import { Room } from "../features/dispute/Room";
import { Evidence } from "../features/giving/Evidence";
import { CaseDocument } from "../gql/case";
import { Page } from "../ui/Page";
import { Failure } from "../ui/States";
import { WaitingParts } from "../ui/Waiting";

/** One case, as its buyer or its seller. Admins have a page of their own for it. */
export function Component() {
  const { t } = useTranslation("dispute");
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery(CaseDocument, { variables: { id }, fetchPolicy: "cache-and-network" });
  const case_ = data?.case;
  if (!case_) {
    return (
      <Page title={t("case")} back="/cases">
        {error ? <Failure error={error} retry={() => refetch()} /> : <WaitingParts />}
      </Page>
    );
  }
  const side = case_.mySide;
  if (side === null) return <Navigate to={`/admin/cases/${id}`} replace />;
  const mediated = case_.refusal?.mediationBeganAt != null;
  return (
    <Page title={case_.title} lead={<CaseLead case_={case_} />} back="/cases">
      <Grid gap={{ base: "md", sm: "xl" }}>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack>
            <CaseTurn case_={case_} now={data.now ?? case_.openedAt} />
            <PartyPart case_={case_} side={side} />
            {mediated && <Proposals case_={case_} role={side} />}
            {mediated && <Room id={id} role={side} open={case_.state === "MEDIATION"} />}
            <Evidence evidence={case_.evidence ?? []} mySide={side} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack>
            <About case_={case_} />
            <Freeze case_={case_} />
            <History case_={case_} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}
