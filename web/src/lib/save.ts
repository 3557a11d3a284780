// Some browsers take the file only a while after the press.
const TAKEN_MS = 60_000;

/** Has the browser keep a file under this name. */
export function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), TAKEN_MS);
}
