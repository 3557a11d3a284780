import { lazy, Suspense } from "react";
import { useToastsWanted } from "../lib/toast";

const Notifications = lazy(() => import("@mantine/notifications").then((module) => ({ default: module.Notifications })));

/** Where what happened is told in passing. */
export function Toasts() {
  return useToastsWanted() ? (
    <Suspense>
      <Notifications position="top-center" />
    </Suspense>
  ) : null;
}
