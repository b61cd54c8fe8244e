/** Splits the items of a request into those whose key comes once and the keys that come more often. */
export function splitRepeated<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): { single: Item[]; repeated: Set<string> } {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const item of items) {
    const key = keyOf(item)
    if (seen.has(key)) repeated.add(key)
    seen.add(key)
  }
  return { single: items.filter((item) => !repeated.has(keyOf(item))), repeated }
}
