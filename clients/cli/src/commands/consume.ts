import { parseOffset, type OffsetRange } from '../offsets/parse-offset.ts'
import type { Invocation } from '../parse/invocation.ts'
import { UsageError } from '../parse/usage-error.ts'
import { readRecords } from './read-records.ts'

export async function consume(invocation: Invocation): Promise<void> {
  const { options, terminal } = invocation
  const isExiting = options.flag('exit')
  const group = options.text('group')
  // With -e and no place to begin, "from now on" would be nothing at all.
  const text =
    options.text('offset') ?? (group !== undefined ? 'stored' : isExiting ? 'start' : 'end')
  const parsed = parseOffset(text, terminal.wallMs())
  const range: OffsetRange =
    isExiting && parsed.until.at === 'never' ? { ...parsed, until: { at: 'end' } } : parsed
  checkGroup(range, group, invocation)
  await readRecords(invocation, { range, group })
}

function checkGroup(
  { from, until }: OffsetRange,
  group: string | undefined,
  { options }: Invocation,
): void {
  if (group === undefined) {
    if (from.at === 'stored')
      throw new UsageError('-o stored is where a group left off: say which with -g GROUP')
    return
  }
  if (options.list('partition').length > 0) {
    throw new UsageError('-p and -g exclude each other: a group shares out the partitions itself')
  }
  if (until.at !== 'never' || !['stored', 'start', 'end'].includes(from.at)) {
    throw new UsageError(
      'A group goes on from its stored offsets: -o start or -o end say where it begins without any. ' +
        'Move it with "ottla group seek", or read without -g',
    )
  }
}
