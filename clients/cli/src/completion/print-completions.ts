/**
 * `ottla __complete WORD…`, which the scripts of completion-script.ts call: one candidate a line, with a
 * tab before what it is. `:file` and `:directory` ask the shell for its own. A cluster that is slow or
 * gone completes nothing; it never holds up the prompt, and never says anything.
 */
import { COMMAND_TABLE } from '../command-table/command-table.ts'
import { EXIT } from '../failure/exit-code.ts'
import { parseCommandLine } from '../parse/parse-command-line.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { candidates } from './candidates.ts'

/** Longer would be felt at the prompt; OTTLA_COMPLETION_MS says otherwise, for a cluster that is far away. */
const CLUSTER_BUDGET_MS = 300

export async function printCompletions(
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const found = candidates(COMMAND_TABLE, words)
  const { prefix, begun } = found
  const lines = found.words.map(({ word, about }) =>
    about === '' ? prefix + word : `${prefix}${word}\t${about}`,
  )
  if (found.completes === 'topic' || found.completes === 'group' || found.completes === 'profile') {
    const names = await namesWithin(found.completes, words, terminal)
    const fitting = names.filter((name) => name.startsWith(begun))
    lines.push(...fitting.map((name) => prefix + name))
  } else if (found.completes !== undefined) {
    lines.push(`:${found.completes}`)
  }
  await terminal.stdout.write(lines.map((line) => `${line}\n`).join(''))
  return EXIT.done
}

async function namesWithin(
  kind: 'topic' | 'group' | 'profile',
  words: readonly string[],
  terminal: Terminal,
): Promise<readonly string[]> {
  try {
    if (kind === 'profile') {
      const { readProfiles } = await import('../profiles/profile-file.ts')
      return [...readProfiles(terminal.env).byName.keys()]
    }
    const [{ clientOptions }, { kafkaWith }] = await Promise.all([
      import('../connect/client-options.ts'),
      import('../connect/open-kafka.ts'),
    ])
    // The line as far as it is written may say which cluster; what does not parse is no reason to stop.
    const line = parseCommandLine(COMMAND_TABLE, ['topic', 'list', ...clusterOptions(words)])
    if (line.kind !== 'command') return []
    const kafka = kafkaWith(clientOptions(line.options, terminal))
    const budgetMs = clusterBudgetMs(terminal)
    const wait = { timeoutMs: budgetMs, signal: AbortSignal.timeout(budgetMs) }
    try {
      if (kind === 'topic') return (await kafka.admin.topics.list(wait)).map(({ name }) => name)
      return (await kafka.admin.groups.list(wait)).map(({ groupId }) => groupId)
    } finally {
      await kafka.close()
    }
  } catch {
    // Whatever it was: a completion that fails is an empty one.
    return []
  }
}

function clusterBudgetMs({ env }: Terminal): number {
  const text = env['OTTLA_COMPLETION_MS'] ?? ''
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : CLUSTER_BUDGET_MS
}

const CLUSTER_OPTION =
  /^(?:-b|-X|--brokers|--bootstrap-server|--profile|--command-config|--command-property)(?:=|$)/

function clusterOptions(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (!CLUSTER_OPTION.test(word)) return []
    return word.includes('=') && word.startsWith('--') ? [word] : [word, words[index + 1] ?? '']
  })
}
