import { createTheme, type MantineColorsTuple } from "@mantine/core";

const jade: MantineColorsTuple = [
  "#eefaf7",
  "#d8f2ec",
  "#ade3d8",
  "#7ed3c3",
  "#52c2b0",
  "#2ba697",
  "#178a7e",
  "#0f766e",
  "#0b5f59",
  "#084b47",
];

// White on the seventh has a contrast of 5.6; on the library's own it has 3.6.
const red: MantineColorsTuple = [
  "#fff5f5",
  "#ffe3e3",
  "#ffc9c9",
  "#ffa8a8",
  "#ff8787",
  "#ff6b6b",
  "#fa5252",
  "#c92a2a",
  "#b02525",
  "#962020",
];

/** The house's colours and letters. White on the seventh jade has a contrast of 5.5. */
export const theme = createTheme({
  primaryColor: "jade",
  primaryShade: 7,
  colors: { jade, red },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  headings: { fontWeight: "650", textWrap: "balance" },
  components: {
    Container: { defaultProps: { size: "lg" } },
    Anchor: { defaultProps: { underline: "always" } },
    // Coloured letters on the same colour, only lighter, are hard to read; ink is not.
    Alert: { styles: { title: { color: "var(--mantine-color-text)" } } },
    Avatar: { styles: { placeholder: { color: "var(--mantine-color-text)" } } },
    Badge: {
      styles: (_: unknown, { variant }: { variant?: string }) => ({
        root: { textTransform: "none", flexShrink: 0, ...(variant === "light" ? { color: "var(--mantine-color-text)" } : {}) },
      }),
    },
    Modal: { defaultProps: { centered: true }, styles: { title: { fontSize: "var(--mantine-font-size-lg)", fontWeight: 650 } } },
  },
});
