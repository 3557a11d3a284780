import { Button, Center } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

interface EndlessProps {
  more: boolean;
  fetchMore: () => Promise<unknown>;
}

/** The end of a list: asks for the next page when it comes into sight, and by a button for those who do not scroll. */
export function Endless({ more, fetchMore }: EndlessProps) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  const pending = useRef(false);
  const { ref, entry } = useIntersection({ rootMargin: "600px" });
  const near = entry?.isIntersecting === true;
  const ask = () => {
    if (pending.current) return;
    pending.current = true;
    fetchMore()
      .then(
        () => setFailed(false),
        () => setFailed(true),
      )
      .finally(() => {
        pending.current = false;
      });
  };
  useEffect(() => {
    if (near && more && !failed) ask();
  });
  if (!more) return null;
  return (
    <Center ref={ref} py="md">
      <Button variant="default" onClick={ask}>
        {failed ? t("tryAgain") : t("more")}
      </Button>
    </Center>
  );
}
