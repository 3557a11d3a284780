import { ThemeIcon } from "@mantine/core";
import {
  IconDeviceGamepad2,
  IconFlag,
  IconReceipt,
  IconScale,
  IconShieldCheck,
  IconSpeakerphone,
  IconTag,
  IconWallet,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { SubjectKind } from "../../gql/schema";

const ICONS: Record<SubjectKind, ReactNode> = {
  LISTING: <IconTag size={18} stroke={1.6} />,
  OFFER: <IconTag size={18} stroke={1.6} />,
  ORDER: <IconReceipt size={18} stroke={1.6} />,
  DEPOSIT: <IconWallet size={18} stroke={1.6} />,
  WITHDRAWAL: <IconWallet size={18} stroke={1.6} />,
  DEBT: <IconWallet size={18} stroke={1.6} />,
  MONEY_DECISION: <IconScale size={18} stroke={1.6} />,
  BANK_DIFFERENCE: <IconScale size={18} stroke={1.6} />,
  REPORT: <IconFlag size={18} stroke={1.6} />,
  COMPLAINT: <IconFlag size={18} stroke={1.6} />,
  ANNOUNCEMENT: <IconSpeakerphone size={18} stroke={1.6} />,
  CASE: <IconScale size={18} stroke={1.6} />,
  GAME: <IconDeviceGamepad2 size={18} stroke={1.6} />,
  USER: <IconShieldCheck size={18} stroke={1.6} />,
};

/** What a notice is about, at a glance. */
export function SubjectIcon({ of }: { of: SubjectKind }) {
  return (
    <ThemeIcon variant="light" radius="xl" size={34} aria-hidden>
      {ICONS[of]}
    </ThemeIcon>
  );
}
