import { Alert } from "@mantine/core";
import { useNetwork } from "@mantine/hooks";
import { IconPlugConnected, IconPlugConnectedX, IconWifiOff } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../lib/live";

const TOLD_MS = 5_000;

/** Says that the network is away or that events do not arrive, and when they do again. */
export function LostBar() {
  const { t } = useTranslation("notice");
  const { t: problems } = useTranslation("problems");
  const { online } = useNetwork();
  const lost = useLive() === "lost";
  const back = useBack(lost || !online);
  return (
    <div role="status">
      {!online ? (
        <Alert color="orange" radius={0} icon={<IconWifiOff />}>
          {problems("OFFLINE")}
        </Alert>
      ) : lost ? (
        <Alert color="orange" radius={0} icon={<IconPlugConnectedX />}>
          {t("lost")}
        </Alert>
      ) : (
        back && (
          <Alert color="jade" radius={0} icon={<IconPlugConnected />}>
            {t("back")}
          </Alert>
        )
      )}
    </div>
  );
}

/** Whether it was away until a moment ago. */
function useBack(away: boolean): boolean {
  const was = useRef(false);
  const [back, setBack] = useState(false);
  useEffect(() => {
    const came = was.current && !away;
    was.current = away;
    setBack(came);
    if (!came) return;
    const timer = setTimeout(() => setBack(false), TOLD_MS);
    return () => clearTimeout(timer);
  }, [away]);
  return back;
}
