/**
 * Scripts with their full transcript in one text file:
 *
 *   # why this case exists
 *   join A
 *   ----
 *   A join: MEMBER_ID_REQUIRED
 *
 * Commands up to `----`, what they answered up to the next empty line. A test runs the commands and
 * compares; rewrite-transcripts.ts writes what they answer now, for a person to read as a diff.
 */
export interface TranscriptBlock {
  readonly comments: readonly string[]
  readonly commands: readonly string[]
  readonly output: readonly string[]
}

const SEPARATOR = '----'

export function parseTranscript(text: string): TranscriptBlock[] {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split('\n').filter((line) => line !== ''))
    .filter((lines) => lines.length > 0)
    .map((lines) => {
      const comments = lines.filter((line) => line.startsWith('#'))
      const rest = lines.filter((line) => !line.startsWith('#'))
      const at = rest.indexOf(SEPARATOR)
      const commands = at < 0 ? rest : rest.slice(0, at)
      return { comments, commands, output: at < 0 ? [] : rest.slice(at + 1) }
    })
}

export function formatTranscript(blocks: readonly TranscriptBlock[]): string {
  const paragraphs = blocks.map(({ comments, commands, output }) => {
    if (commands.length === 0) return comments.join('\n')
    return [...comments, ...commands, SEPARATOR, ...output].join('\n')
  })
  return `${paragraphs.join('\n\n')}\n`
}

/** The same script with the output of now. */
export async function runTranscript(
  blocks: readonly TranscriptBlock[],
  run: (command: string) => Promise<readonly string[]>,
): Promise<TranscriptBlock[]> {
  const ran: TranscriptBlock[] = []
  for (const block of blocks) {
    const output: string[] = []
    for (const command of block.commands) output.push(...(await run(command)))
    ran.push({ ...block, output })
  }
  return ran
}
