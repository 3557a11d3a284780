import { useQuery } from "@apollo/client/react";
import { Stack, Switch } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MailNoticesDocument, ProfileUpdateDocument } from "../../gql/profile";
import { useAct } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { Problems } from "../../ui/States";
import { useMe } from "../account/useMe";

/** Whether one's important notices come by mail as well. For those who are signed in and may choose. */
export function MailSwitch() {
  const { t } = useTranslation("account");
  const me = useMe();
  const may = me !== undefined && !me.blacklisted;
  const { data } = useQuery(MailNoticesDocument, { skip: !may });
  const { run, busy } = useAct(ProfileUpdateDocument, (data) => data.profileUpdate);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  // What was just chosen, until the API has taken it.
  const [chosen, setChosen] = useState<boolean>();
  const wanted = data?.me?.mailNotices;
  if (!may || wanted === undefined) return null;
  const choose = async (mailNotices: boolean) => {
    if (busy) return;
    setChosen(mailNotices);
    const outcome = await run({ input: { mailNotices } });
    setProblems(outcome.problems ?? []);
    setChosen(undefined);
  };
  return (
    <Stack gap="sm">
      <Switch
        checked={chosen ?? wanted}
        onChange={({ currentTarget: { checked } }) => void choose(checked)}
        label={t("mailNotices")}
        description={t("mailNoticesHint")}
      />
      <Problems of={problems} />
    </Stack>
  );
}
