import { useQuery } from "@apollo/client/react";
import { Button, Input, Paper, Rating, Stack, Text, Textarea, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderWholeFragment } from "../../gql/order";
import { OrderReviewDocument, OrderReviewsDocument } from "../../gql/orderReview";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import { useFormat } from "../../lib/format";
import { fits, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";

/** What both sides say of each other after a completed order. */
export function ReviewPanel({ order: { id } }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("order");
  const { moment } = useFormat();
  const { data, refetch } = useQuery(OrderReviewsDocument, { variables: { orderId: id } });
  const said = data?.orderReviews;
  if (!said || (said.myStars === null && said.otherStars === null && said.writableUntilAt === null)) return null;
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <Stack>
        <Title order={2} fz="lg">
          {t("reviews")}
        </Title>
        <Said title={t("myReview")} stars={said.myStars} text={said.myText} />
        <Said title={t("otherReview")} stars={said.otherStars} text={said.otherText} />
        {said.myStars !== null && said.otherStars === null && (
          <Text size="sm" c="dimmed">
            {t("reviewHidden")}
          </Text>
        )}
        {said.writableUntilAt !== null && (
          <>
            <Text size="sm" c="dimmed">
              {t("reviewUntil", { at: moment(said.writableUntilAt) })}
            </Text>
            <ReviewForm id={id} done={() => void refetch()} />
          </>
        )}
      </Stack>
    </Paper>
  );
}

function Said({ title, stars, text }: { title: string; stars: number | null; text: string | null }) {
  const { t } = useTranslation("order");
  if (stars === null) return null;
  return (
    <Stack gap={4} component="article" aria-label={title}>
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      <div role="img" aria-label={t("stars", { count: stars })}>
        <Rating value={stars} readOnly aria-hidden />
      </div>
      {text !== null && text !== "" && <Text className="written">{text}</Text>}
    </Stack>
  );
}

function ReviewForm({ id, done }: { id: string; done: () => void }) {
  const { t } = useTranslation("order");
  const say = useProblemWords();
  const { run, busy } = useAct(OrderReviewDocument, (data) => data.orderReview);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { stars: 0, text: "" },
    validate: {
      stars: (value) => (value >= 1 ? null : t("starsMissing")),
      text: (value) => (fits(value, TEXT.review) ? null : t("reviewWrong")),
    },
  });
  const submit = form.onSubmit(async ({ stars, text }) => {
    const outcome = await run({ input: { id, stars, text } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (outcome.done) done();
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Input.Wrapper label={t("starsGiven")} error={form.errors.stars} labelElement="div" required>
          <Rating
            size="lg"
            value={form.values.stars}
            onChange={(stars) => form.setFieldValue("stars", stars)}
            getSymbolLabel={(count) => t("stars", { count })}
          />
        </Input.Wrapper>
        <Textarea {...form.getInputProps("text")} label={t("reviewText")} autosize minRows={2} />
        <Problems of={problems} />
        <Button type="submit" loading={busy} style={{ alignSelf: "flex-start" }}>
          {t("review")}
        </Button>
      </Stack>
    </form>
  );
}
