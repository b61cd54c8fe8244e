import { counted } from '../output/human.ts'
import type { Invocation } from '../parse/invocation.ts'
import { confirm } from '../terminal/confirm.ts'
import { printStatuses, statusOf, type ItemStatus } from './item-status.ts'
import { withKafka } from './with-kafka.ts'

export async function groupDelete(invocation: Invocation): Promise<number> {
  const { options, terminal } = invocation
  const groupIds = [...new Set(invocation.arguments)]
  const isDryRun = options.flag('dry-run')
  const what =
    groupIds.length === 1 ? `group "${groupIds[0] ?? ''}"` : counted(groupIds.length, 'group')
  if (!isDryRun && !(await confirm(terminal, options, `deletes ${what} with its offsets`))) return 0
  const fine = options.flag('if-exists') ? { GROUP_ID_NOT_FOUND: 'not there' } : {}
  const rows = await withKafka(invocation, async (kafka, wait) => {
    const outcomes = isDryRun
      ? await kafka.admin.groups.describe(groupIds, wait)
      : await kafka.admin.groups.delete(groupIds, wait)
    return groupIds.map((groupId): ItemStatus & { readonly groupId: string } => ({
      groupId,
      ...statusOf(outcomes.get(groupId), isDryRun ? 'would be deleted' : 'deleted', fine),
    }))
  })
  return printStatuses(invocation, {
    schema: 'ottla/group.delete/1',
    plural: 'groups',
    rows,
    columns: [
      { title: 'GROUP', value: ({ groupId }) => groupId },
      { title: 'STATUS', value: ({ status }) => status },
    ],
    name: ({ groupId }) => groupId,
  })
}
