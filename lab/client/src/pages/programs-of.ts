/**
 * The programs of a page: fenced blocks marked `ts run`, each with the `text` block that follows it, if
 * one does, as the output that it promises.
 */
export interface PageProgram {
  /** From 1, in the order of the page. */
  readonly number: number
  readonly source: string
  /** undefined when the page promises nothing. */
  readonly output: string | undefined
}

const FENCE = /^```(.*)\n([\s\S]*?)^```$/gm

export function programsOf(markdown: string): PageProgram[] {
  const blocks = [...markdown.matchAll(FENCE)].map((match) => ({
    info: (match[1] ?? '').trim(),
    body: match[2] ?? '',
  }))
  const programs: PageProgram[] = []
  for (const [index, { info, body }] of blocks.entries()) {
    if (info !== 'ts run') continue
    const next = blocks[index + 1]
    const output = next?.info === 'text' ? next.body : undefined
    programs.push({ number: programs.length + 1, source: body, output })
  }
  return programs
}
