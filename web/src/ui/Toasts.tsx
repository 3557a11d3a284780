import { Notifications } from "@mantine/notifications";

/** Where what happened is told in passing. Fetched after the page, which does not wait for it. */
export default function Toasts() {
  return <Notifications position="top-center" />;
}
