/** Is this a configuration a topic can have? Undefined, or what is wrong, in words. */
import { valueProblem } from './config-value.ts'
import { nearestKey } from './nearest-key.ts'
import { TOPIC_KEYS } from './topic-keys.ts'

export function topicConfigProblem(name: string, value: string): string | undefined {
  const key = TOPIC_KEYS.get(name)
  if (key === undefined) {
    const nearest = nearestKey(name, TOPIC_KEYS.keys())
    const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`
    return `Unknown topic config name: ${name}${hint}`
  }
  const problem = valueProblem(key, value)
  return problem === undefined
    ? undefined
    : `Invalid value ${value} for configuration ${name}: ${problem}`
}
