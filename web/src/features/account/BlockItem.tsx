import { Menu } from "@mantine/core";
import { IconUserOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { toast } from "../../lib/toast";
import { UserBlockDocument } from "../../gql/centre";
import { useAct } from "../../lib/act";
import { useProblemWords } from "../../ui/States";

/** The entry of a menu that blocks somebody. */
export function BlockItem({ user }: { user: { id: string; nickname: string } }) {
  const { t } = useTranslation("account");
  const say = useProblemWords();
  const { run, busy } = useAct(UserBlockDocument, (payload) => payload.userBlock);
  const block = async () => {
    const { problems } = await run({ input: { userId: user.id } });
    if (problems) toast({ color: "red", message: say(problems[0]) });
    else toast({ color: "jade", message: t("blockedNow", { name: user.nickname }) });
  };
  return (
    <Menu.Item color="red" leftSection={<IconUserOff size={18} stroke={1.6} />} disabled={busy} onClick={() => void block()}>
      {t("block")}
    </Menu.Item>
  );
}
