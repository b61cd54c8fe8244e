/**
 * The `-f` language, as rpk has it: text with %tokens, taken apart. Writing records (format-record.ts)
 * and reading them (read-records.ts) both begin here.
 *
 *     %t topic      %k key        %v value      %h{…} headers    %p partition   %o offset
 *     %e epoch      %d timestamp  %a{timestamp-type}             %i count of the record
 *     %x %y producer id and epoch     %[ %| %] log start offset, last stable offset, high watermark
 *     %T %K %V      lengths       %H            count of the headers            %% %{ %}
 *     \n \t \r \0 \\ \xNN         modifiers in braces: %v{hex}, %V{big32}, %d{strftime[%F %T]}
 */
import { UsageError } from '../parse/usage-error.ts'

export interface Token {
  /** The letter behind the percent sign. */
  readonly letter: string
  /** What stood between the braces; undefined without braces. */
  readonly modifier: string | undefined
}

/** Bytes stand for themselves. */
export type TemplatePart = Buffer | Token

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  '\\': '\\',
}

/** Throws a UsageError for what is no token and for a brace that does not close. */
export function parseTemplate(template: string, letters: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = []
  let literal: Buffer[] = []
  const flush = (): void => {
    if (literal.length > 0) parts.push(Buffer.concat(literal))
    literal = []
  }
  let at = 0
  while (at < template.length) {
    const char = template[at] as string
    if (char === '\\') {
      const { bytes, length } = readEscape(template, at)
      literal.push(bytes)
      at += length
    } else if (char !== '%') {
      const end = literalEnd(template, at)
      literal.push(Buffer.from(template.slice(at, end)))
      at = end
    } else if (isPlain(template[at + 1])) {
      literal.push(Buffer.from(template[at + 1] as string))
      at += 2
    } else {
      flush()
      const { token, length } = readToken(template, at, letters)
      parts.push(token)
      at += length
    }
  }
  flush()
  return parts
}

function isPlain(char: string | undefined): boolean {
  return char === '%' || char === '{' || char === '}'
}

function literalEnd(template: string, from: number): number {
  let end = from + 1
  while (end < template.length && template[end] !== '%' && template[end] !== '\\') end++
  return end
}

function readEscape(template: string, at: number): { bytes: Buffer; length: number } {
  const char = template[at + 1]
  if (char === 'x') {
    const hex = template.slice(at + 2, at + 4)
    if (!/^[0-9a-fA-F]{2}$/.test(hex)) {
      throw new UsageError(
        `Cannot read "\\x${hex}" in the format "${template}": write \\x and two hex digits`,
      )
    }
    return { bytes: Buffer.from(hex, 'hex'), length: 4 }
  }
  const text = char === undefined ? undefined : ESCAPES[char]
  if (text === undefined) {
    throw new UsageError(
      `Cannot read "\\${char ?? ''}" in the format "${template}": \\n, \\t, \\r, \\0, \\xNN and \\\\ are known`,
    )
  }
  return { bytes: Buffer.from(text), length: 2 }
}

function readToken(
  template: string,
  at: number,
  letters: string,
): { token: Token; length: number } {
  const letter = template[at + 1]
  if (letter === undefined || !letters.includes(letter)) {
    const known = Array.from(letters, (known) => `%${known}`).join(' ')
    const kcat = letter === 's' || letter === 'S' ? ` The value is %v here (%s is kcat's word)` : ''
    throw new UsageError(
      `There is no %${letter ?? ''} in the format "${template}".${kcat} Known are ${known} and %% for a percent sign`,
    )
  }
  if (template[at + 2] !== '{') return { token: { letter, modifier: undefined }, length: 2 }
  const end = closingBrace(template, at + 2)
  return { token: { letter, modifier: template.slice(at + 3, end) }, length: end + 1 - at }
}

/** Braces nest in %h{%k=%v{hex}}; an escaped one (%{ or %}) does not count. */
function closingBrace(template: string, open: number): number {
  let depth = 0
  for (let at = open; at < template.length; at++) {
    const char = template[at]
    if (char === '\\') at++
    else if (char === '%' && isPlain(template[at + 1])) at++
    else if (char === '{') depth++
    else if (char === '}' && --depth === 0) return at
  }
  throw new UsageError(`A brace is open at the end of the format "${template}": close it with }`)
}

/** `hex[…]` → ["hex", "…"]; the brackets may be doubled or tripled, so that they can hold brackets. */
export function bracketed(modifier: string): readonly [name: string, argument: string | undefined] {
  const match = /^([\w-]+)(\[+)(.*)$/s.exec(modifier)
  if (match === null) return [modifier, undefined]
  const [, name = '', brackets = '', rest = ''] = match
  const close = ']'.repeat(brackets.length)
  return rest.endsWith(close) ? [name, rest.slice(0, -close.length)] : [modifier, undefined]
}
