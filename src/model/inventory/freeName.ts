/** A name as it is, or with a number behind it where it is taken: "Plant (2)". */
export function freeName(wanted: string, taken: Iterable<string>): string {
  const names = new Set(taken);
  if (!names.has(wanted)) return wanted;
  for (let turn = 2; ; turn++) {
    const name = `${wanted} (${turn})`;
    if (!names.has(name)) return name;
  }
}
