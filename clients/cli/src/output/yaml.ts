/**
 * Writes (never reads) YAML 1.2: enough for what our commands print, which is what JSON can say. Strings
 * are plain only when no reader could take them for anything else; otherwise quoted as JSON does, which
 * is YAML as well.
 */
const PLAIN = /^[A-Za-z_][\w.\-/@]*$/
/** What YAML 1.1 readers take for a boolean or nothing. */
const RESERVED = /^(?:y|n|yes|no|true|false|on|off|null|nan|inf)$/i

export function toYaml(value: unknown): string {
  return `${lines(value).join('\n')}\n`
}

function lines(value: unknown): string[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return ['[]']
    return value.flatMap((item: unknown) => indented('- ', lines(item)))
  }
  if (isObject(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined)
    if (entries.length === 0) return ['{}']
    return entries.flatMap(([key, item]) => entryLines(scalar(key), item))
  }
  return [scalar(value)]
}

function entryLines(key: string, item: unknown): string[] {
  const body = lines(item)
  if (!isNested(item)) return [`${key}: ${body[0] ?? ''}`]
  return [`${key}:`, ...body.map((line) => `  ${line}`)]
}

function indented(mark: string, body: readonly string[]): string[] {
  return body.map((line, index) => (index === 0 ? mark : ' '.repeat(mark.length)) + line)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isNested(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return isObject(value) && Object.values(value).some((item) => item !== undefined)
}

function scalar(value: unknown): string {
  if (typeof value === 'string') {
    return PLAIN.test(value) && !RESERVED.test(value) ? value : JSON.stringify(value)
  }
  return JSON.stringify(value) ?? 'null'
}
