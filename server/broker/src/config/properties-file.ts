/**
 * The `.properties` format of Java: `key=value`, `key: value` or `key value`, comments with # and !,
 * a backslash at the end of a line continues it, escapes \t \n \r \f \\ \uXXXX.
 */
const NATURAL_ESCAPES: Record<string, string> = { t: '\t', n: '\n', r: '\r', f: '\f' }
/** The key ends at the first unescaped separator. */
const LINE = /^((?:\\.|[^\\=:\s])*)(?:\s*[=:]\s*|\s+)?(.*)$/su

export function parseProperties(text: string): Map<string, string> {
  const properties = new Map<string, string>()
  for (const line of logicalLines(text)) {
    const match = LINE.exec(line)
    const [, key, value] = match as unknown as [string, string, string]
    properties.set(unescape(key), unescape(value))
  }
  return properties
}

function logicalLines(text: string): string[] {
  const lines: string[] = []
  let open: string | undefined
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = raw.trimStart()
    if (open === undefined && (line === '' || line.startsWith('#') || line.startsWith('!')))
      continue
    const whole: string = (open ?? '') + line
    if (endsOpen(whole)) {
      open = whole.slice(0, -1)
      continue
    }
    lines.push(whole)
    open = undefined
  }
  if (open !== undefined) lines.push(open)
  return lines
}

/** An odd number of backslashes at the end: the last one is not itself escaped. */
function endsOpen(line: string): boolean {
  const backslashes = /\\*$/.exec(line)?.[0].length ?? 0
  return backslashes % 2 === 1
}

function unescape(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/gsu, (_all, hex?: string, char?: string) =>
    hex === undefined
      ? (NATURAL_ESCAPES[char as string] ?? (char as string))
      : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
