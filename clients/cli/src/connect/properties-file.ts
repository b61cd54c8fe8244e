/**
 * The `.properties` format of Java, as `client.properties` is written: `key=value`, `key: value` or
 * `key value`, # and ! begin a comment, a backslash at the end of a line continues it.
 */
const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' }
/** The key ends at the first separator that is not escaped. */
const LINE = /^((?:\\.|[^\\=:\s])*)(?:\s*[=:]\s*|\s+)?(.*)$/su

export function parseProperties(text: string): Map<string, string> {
  const properties = new Map<string, string>()
  // A backslash before the end of a line is one only when it is not itself escaped.
  const joined = text.replaceAll(/(?<!\\)((?:\\\\)*)\\(?:\r\n|\r|\n)[ \t]*/g, '$1')
  for (const raw of joined.split(/\r\n|\r|\n/)) {
    const line = raw.trimStart()
    if (line === '' || line.startsWith('#') || line.startsWith('!')) continue
    const [, key = '', value = ''] = LINE.exec(line) ?? []
    properties.set(unescape(key), unescape(value).trimEnd())
  }
  return properties
}

function unescape(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/gsu, (_all, hex?: string, char?: string) =>
    hex === undefined
      ? (ESCAPES[char as string] ?? (char as string))
      : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
