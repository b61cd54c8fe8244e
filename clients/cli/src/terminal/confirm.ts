/**
 * What cannot be undone is asked for twice: on a terminal with a question, elsewhere with --yes. A
 * script must say it in its own text, since nobody is there to be asked.
 */
import { chosenCluster } from '../connect/chosen-cluster.ts'
import { paintFor } from './colour.ts'
import { Interrupted, note, type Terminal } from './terminal.ts'
import type { OptionValues } from '../parse/option-values.ts'
import { UsageError } from '../parse/usage-error.ts'

/** Resolves to false when the answer is no. `what` reads on from "This": "deletes topic "x"". */
export async function confirm(
  terminal: Terminal,
  options: OptionValues,
  what: string,
): Promise<boolean> {
  if (options.flag('yes')) return true
  if (!terminal.stdin.isTty || !terminal.stderr.isTty) {
    throw new UsageError(
      `This ${what}. Nobody can be asked here: add --yes when it is meant, or --dry-run to look first`,
    )
  }
  terminal.stderr
    .write(`${place(terminal, options)}This ${what}. Go on? [y/N] `)
    ?.catch(() => undefined)
  const answer = await readLine(terminal)
  const isYes = /^\s*y(?:es)?\s*$/i.test(answer)
  if (!isYes) note(terminal, 'Nothing was changed')
  return isYes
}

/** Which cluster it would be, where it has a name: in its colour, so that production looks like it. */
function place(terminal: Terminal, options: OptionValues): string {
  if (!options.knows('profile')) return ''
  const { profile } = chosenCluster(options, terminal)
  if (profile === undefined) return ''
  const paint = paintFor(terminal.stderr, terminal, options)
  return `${paint(profile.color ?? 'bold', `[${profile.name}]`)} `
}

async function readLine(terminal: Terminal): Promise<string> {
  let line = ''
  for await (const chunk of terminal.stdin) {
    line += Buffer.from(chunk).toString('utf8')
    if (line.includes('\n')) break
  }
  if (terminal.signal.aborted) throw new Interrupted('Interrupted')
  return line.split('\n')[0] ?? ''
}
