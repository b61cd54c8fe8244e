/** Values that compress about as well as JSON of a real application: half random, half repeated. */
const RANDOM_SHARE = 2
const VARIANTS = 64
const WORDS = '{"order":"pending","customer":"kafka","items":[{"sku":"metamorphosis","count":1}]}'

/** The same on every run, so that two measurements can be compared. */
export function payloads(valueBytes: number): readonly Buffer[] {
  let state = 0x9e3779b9
  const next = (): number => {
    // xorshift32
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state & 0xff
  }
  return Array.from({ length: VARIANTS }, () => {
    const value = Buffer.alloc(valueBytes, WORDS)
    for (let at = 0; at < valueBytes / RANDOM_SHARE; at++) value[at] = next()
    return value
  })
}
