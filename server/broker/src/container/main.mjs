/**
 * The entry of the container image: the environment of Apache's image becomes settings, then the broker
 * starts as ever, then comes the line that testcontainers waits for.
 */
const { containerSettings } = await import('./kafka-environment.ts')

for (const [key, value] of containerSettings(process.env)) {
  // OTTLA_… is read by the broker itself and weaker than --set, so it must not be hidden by a default.
  const own = `OTTLA_${key
    .replace(/^ottla\./, '')
    .replaceAll('.', '_')
    .toUpperCase()}`
  if (process.env[own] === undefined) process.argv.push('--set', `${key}=${value}`)
}

await import('../main.mjs')
// As Kafka's own broker says it; Java's testcontainers module looks for these words.
console.log('[Ottla] Transitioning from RECOVERY to RUNNING')
