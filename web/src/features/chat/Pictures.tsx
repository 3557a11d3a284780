import { useApolloClient } from "@apollo/client/react";
import { Modal, UnstyledButton } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LineFragment } from "../../gql/chat";
import { refetchShown } from "../../lib/refetch";
import classes from "./Chat.module.css";

type Images = Extract<LineFragment, { __typename: "Message" }>["images"];

/** A message's pictures, small; each opens at full size. */
export function Pictures({ images }: { images: Images }) {
  const { t } = useTranslation("chat");
  const { t: common } = useTranslation();
  const [open, setOpen] = useState<Images[number]>();
  const again = useAgain();
  return (
    <div className={classes.pictures}>
      {images.map((image, index) => (
        <UnstyledButton
          key={image.id}
          aria-label={t("openPicture", { number: index + 1, count: images.length })}
          onClick={() => setOpen(image)}
        >
          <img src={image.thumbnailUrl} alt="" onError={again} />
        </UnstyledButton>
      ))}
      <Modal
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={t("picture")}
        size="auto"
        closeButtonProps={{ "aria-label": common("close") }}
      >
        {open && <img src={open.url} alt={t("picture")} className={classes.whole} onError={again} />}
      </Modal>
    </div>
  );
}

/** An address of a picture is good for a while only; when it no longer is, fresh ones are asked for, once. */
function useAgain(): () => void {
  const client = useApolloClient();
  const asked = useRef(false);
  return () => {
    if (asked.current) return;
    asked.current = true;
    void refetchShown(client, ["Conversation"]);
  };
}
