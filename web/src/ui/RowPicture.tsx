/** The small picture at the beginning of a row. */
export function RowPicture({ src }: { src: string }) {
  const style = { objectFit: "cover", borderRadius: "var(--mantine-radius-sm)", background: "var(--house-line)", flexShrink: 0 } as const;
  return <img src={src} width={88} height={66} alt="" loading="lazy" style={style} />;
}
