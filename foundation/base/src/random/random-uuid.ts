import type { Random } from './random.ts'
import { ZERO_UUID, uuidFromBytes, type Uuid } from '../ids.ts'

/**
 * A fresh id for a topic or a directory. Never the zero id, and never one that starts with a dash,
 * which a command line would take for an option (as Kafka's own generator does).
 */
export function randomUuid(random: Random): Uuid {
  for (;;) {
    const bytes = random.bytes(16)
    bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
    bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
    const id = uuidFromBytes(bytes)
    if (id !== ZERO_UUID && !id.startsWith('-')) return id
  }
}
