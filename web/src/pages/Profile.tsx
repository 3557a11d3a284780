import { useQuery } from "@apollo/client/react";
import { Group, Paper, Skeleton, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AvatarField } from "../features/account/AvatarField";
import { EmailChange } from "../features/account/EmailChange";
import { ProfileForm } from "../features/account/ProfileForm";
import { useMe } from "../features/account/useMe";
import { MyProfileDocument } from "../gql/profile";
import { useFormat } from "../lib/format";
import { Page } from "../ui/Page";
import { Pairs } from "../ui/Pairs";
import { Failure } from "../ui/States";

/** Who one is to others, and what only one sees oneself. */
export function Component() {
  const { t } = useTranslation("account");
  const { day } = useFormat();
  const { data, error, refetch } = useQuery(MyProfileDocument);
  const me = data?.me;
  // Others do not see a blacklisted user's profile; his address is still his.
  const limited = useMe()?.blacklisted === true;
  return (
    <Page title={t("profile")} size="sm" back="/me">
      {me ? (
        <Stack>
          {!limited && (
            <>
              <Paper withBorder p={{ base: "md", sm: "lg" }}>
                <AvatarField me={me} />
              </Paper>
              <Paper withBorder p={{ base: "md", sm: "lg" }}>
                <ProfileForm me={me} />
              </Paper>
            </>
          )}
          <Paper withBorder p={{ base: "md", sm: "lg" }}>
            <Pairs
              of={[
                [t("username"), me.username],
                [
                  t("email"),
                  <Group key="email" gap="xs" justify="flex-end">
                    {me.email} <EmailChange />
                  </Group>,
                ],
                [t("since"), day(me.createdAt)],
              ]}
            />
          </Paper>
        </Stack>
      ) : error ? (
        <Failure error={error} retry={() => refetch()} />
      ) : (
        <Skeleton height={320} radius="md" />
      )}
    </Page>
  );
}
