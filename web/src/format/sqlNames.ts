/** Names that are no plain identifiers are quoted part by part. */
export function quoted(name: string): string {
  return name.split(".").map((part) => (/^[A-Za-z_]\w*$/.test(part) ? part : `"${part.replaceAll('"', '""')}"`)).join(".");
}
