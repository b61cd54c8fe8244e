/** From a listener call of the machine to the listener of the program. */
import type { GroupListener } from './group-member.ts'
import type { ListenerCall } from './ownership.ts'

/** Called at once; what it throws, it rejects with. */
export async function callListener(
  listener: GroupListener,
  { kind, partitions }: ListenerCall,
): Promise<void> {
  // Plain names: what a member knows of a partition besides (its topic's id) is not the program's.
  const named = partitions.map(({ topic, partition }) => ({ topic, partition }))
  switch (kind) {
    case 'assigned':
      return listener.onAssigned(named)
    case 'revoked':
      return listener.onRevoked(named)
    case 'lost':
      return listener.onLost(named)
  }
}
