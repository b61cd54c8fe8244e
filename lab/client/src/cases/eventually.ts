/** Kafka answers a change before every part of it knows: asks until it does, at most so many times. */
const ATTEMPTS_MAX = 500

export async function eventually(check: () => Promise<void>): Promise<void> {
  for (let attempt = 1; attempt < ATTEMPTS_MAX; attempt++) {
    try {
      await check()
      return
    } catch {
      // Asked again; the last attempt says what is wrong.
    }
  }
  await check()
}
