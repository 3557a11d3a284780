import { useQuery } from "@apollo/client/react";
import { Badge, Group, NativeSelect, Paper, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch, IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PersonLink } from "../../features/staff/PersonLink";
import { QueueView } from "../../features/staff/QueueView";
import { still } from "../../features/staff/still";
import { useChoices } from "../../features/staff/useChoices";
import { UsersDocument, type StaffUserRowFragment } from "../../gql/staffUser";
import { useFormat } from "../../lib/format";
import { Page } from "../../ui/Page";

/** Finds users. */
export function Component() {
  const { t } = useTranslation("staff");
  const { chosen } = useChoices();
  // The address says at once what is typed; the question waits for its end. To change the address later could call somebody back from another page.
  const [search] = useDebouncedValue(chosen("q").trim(), 300);
  const only = chosen("only");
  const filter = {
    ...(search === "" ? {} : { search }),
    ...(only === "blacklisted" || only === "frozen" || only === "admin" ? { [only]: true } : {}),
  };
  const { data, previousData, error, fetchMore, refetch } = useQuery(UsersDocument, {
    variables: { filter, first: 30 },
    fetchPolicy: "cache-and-network",
  });
  return (
    <Page title={t("users")} lead={t("usersLead")}>
      <Search />
      <QueueView
        page={still(data?.users, previousData?.users, error)}
        error={error}
        again={() => refetch()}
        fetchMore={(after) => fetchMore({ variables: { after } })}
        icon={<IconUsers size={40} stroke={1.4} aria-hidden />}
        empty={t("noUsers")}
      >
        {(row) => <Row row={row} />}
      </QueueView>
    </Page>
  );
}

function Search() {
  const { t } = useTranslation("staff");
  const { chosen, choose } = useChoices();
  const [typed, setTyped] = useState(chosen("q"));
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        type="search"
        aria-label={t("searchUsers")}
        placeholder={t("searchUsers")}
        leftSection={<IconSearch size={16} />}
        maxLength={100}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          choose("q", event.currentTarget.value);
        }}
        flex={1}
        miw={220}
      />
      <NativeSelect
        aria-label={t("which")}
        value={chosen("only")}
        onChange={(event) => choose("only", event.currentTarget.value)}
        data={[
          { value: "", label: t("allUsers") },
          { value: "blacklisted", label: t("blacklisted") },
          { value: "frozen", label: t("frozen") },
          { value: "admin", label: t("admins") },
        ]}
      />
    </Group>
  );
}

function Row({ row }: { row: StaffUserRowFragment }) {
  const { t } = useTranslation("staff");
  const { day, money } = useFormat();
  const { user, username, email, admin, verified, blacklisted, closedAt, owes } = row;
  return (
    <Paper withBorder p="sm" component="article" aria-label={user.nickname}>
      <Group justify="space-between" gap="sm">
        <PersonLink user={user} below={`${username} · ${email}`} />
        <Group gap={6}>
          {admin && <Badge variant="light">{t("isAdmin")}</Badge>}
          {blacklisted && (
            <Badge variant="light" color="red">
              {t("blacklisted")}
            </Badge>
          )}
          {closedAt !== null && <Badge variant="default">{t("closed")}</Badge>}
          {!verified && <Badge variant="default">{t("notVerified")}</Badge>}
          {owes.amount !== "0.00" && (
            <Badge variant="light" color="orange">
              {t("owesMoney", { amount: money(owes) })}
            </Badge>
          )}
          <Text size="xs" c="dimmed">
            {day(user.createdAt)}
          </Text>
        </Group>
      </Group>
    </Paper>
  );
}
