/** For what no event tells: asked again until it holds; what it threw last is thrown when the time is over. */
const POLL_MS = 50

export async function within(timeoutMs: number, check: () => Promise<void> | void): Promise<void> {
  const endMs = performance.now() + timeoutMs
  for (;;) {
    try {
      await check()
      return
    } catch (error) {
      if (performance.now() > endMs) throw error
    }
    await new Promise((resolve) => {
      setTimeout(resolve, POLL_MS)
    })
  }
}
