/**
 * Reads as much of YAML as our configuration is written in: maps of texts and of maps, by indentation, with
 * comments and quotes. Anything else that YAML has (lists, anchors, text over several lines) is refused by
 * line, so that nothing is read in another way than a full reader would.
 */
export type YamlMap = Map<string, YamlMap | string>

/** Throws an Error whose text begins with "line N: ". */
export function parseYamlMaps(text: string): YamlMap {
  const root: YamlMap = new Map()
  const stack: Level[] = [{ indent: 0, map: root }]
  let opened: YamlMap | undefined
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (/^\s*(?:#|$)/.test(raw) || (index === 0 && raw.trim() === '---')) continue
    const line = index + 1
    const { indent, key, value } = readLine(raw, line)
    const map = levelFor(stack, { indent, opened, line })
    if (map.has(key)) refuse(line, `"${key}" stands here twice`)
    opened = value === undefined ? new Map() : undefined
    map.set(key, value ?? (opened as YamlMap))
  }
  return root
}

interface Level {
  readonly indent: number
  readonly map: YamlMap
}

/** The map that a line of this indentation belongs to. */
function levelFor(
  stack: Level[],
  at: { readonly indent: number; readonly opened: YamlMap | undefined; readonly line: number },
): YamlMap {
  const { indent, opened, line } = at
  const top = stack.at(-1) as Level
  if (indent > top.indent) {
    if (opened === undefined)
      refuse(line, 'it is further in than the line before, which has a value')
    stack.push({ indent, map: opened as YamlMap })
    return opened as YamlMap
  }
  while ((stack.at(-1) as Level).indent > indent) stack.pop()
  const { indent: found, map } = stack.at(-1) as Level
  if (found !== indent) refuse(line, 'its indentation is that of no line before')
  return map
}

/** Of a value that YAML reads in another way, or that goes on over several lines. */
const SPECIAL = /^(?:[[\]{},&*!|>%@`?]|- |-$)/
const KEY = /^(?:"((?:\\.|[^"\\])*)"|'((?:''|[^'])*)'|([A-Za-z0-9_][\w.\-/@]*))\s*:(?:\s+(.*))?$/

function readLine(raw: string, line: number) {
  const [, space = '', content = ''] = /^(\s*)(.*?)\s*$/s.exec(raw) ?? []
  if (space.includes('\t')) refuse(line, 'a tab is no indentation: use spaces')
  const match = KEY.exec(content)
  if (match === null) refuse(line, `"key: value" is expected, not "${content}"`)
  const [, double, single, plain, rest = ''] = match as RegExpExecArray
  const key = plain ?? (double === undefined ? unquoteSingle(single ?? '') : unquote(double, line))
  return { indent: space.length, key, value: scalar(rest, line) }
}

/** undefined when a map follows in the next lines. */
function scalar(rest: string, line: number): string | undefined {
  if (rest === '' || rest.startsWith('#')) return undefined
  const [, double, single] =
    /^(?:"((?:\\.|[^"\\])*)"|'((?:''|[^'])*)')(?:\s+#.*)?$/.exec(rest) ?? []
  if (double !== undefined) return unquote(double, line)
  if (single !== undefined) return unquoteSingle(single)
  if (/^["']/.test(rest)) refuse(line, 'a quote is not closed, or something follows it')
  if (SPECIAL.test(rest)) refuse(line, `"${rest}" is to be put into double quotes`)
  const plain = rest.replace(/\s+#.*$/, '')
  if (/:(?:\s|$)/.test(plain)) refuse(line, `"${plain}" is to be put into double quotes`)
  return plain
}

function unquote(text: string, line: number): string {
  try {
    return JSON.parse(`"${text}"`) as string
  } catch {
    return refuse(
      line,
      `"${text}" has an escape that is unknown: \\n, \\t, \\", \\\\ and \\uNNNN are known`,
    )
  }
}

function unquoteSingle(text: string): string {
  return text.replaceAll("''", "'")
}

function refuse(line: number, what: string): never {
  throw new Error(`line ${line}: ${what}`)
}
