/** Reads one definition file. Errors name the file and the line: they are for whoever edits it. */
import {
  NEVER,
  type Definition,
  type FieldDefinition,
  type MessageDefinition,
  type StructDefinition,
  type VersionRange,
} from './definition.ts'

const FIELD = /^(\w+): (\[?\w+\]?)(\?)?(\S+)?(?: (.*))?$/
const VERSIONS = /^\d+(?:\+|-\d+)?$/
const EVERY: VersionRange = { min: 0, max: Infinity }

interface Line {
  readonly number: number
  readonly indent: number
  readonly text: string
}

export function parseDefinition(fileName: string, source: string): Definition {
  return new DefinitionParser(fileName, source).parse()
}

export function parseVersions(text: string): VersionRange {
  if (text === 'none') return NEVER
  if (text.endsWith('+')) return { min: Number(text.slice(0, -1)), max: Infinity }
  const [min, max] = text.split('-')
  return { min: Number(min), max: Number(max ?? min) }
}

class DefinitionParser {
  readonly #fileName: string
  readonly #lines: Line[]
  #next = 0

  constructor(fileName: string, source: string) {
    this.#fileName = fileName
    this.#lines = source.split('\n').flatMap((raw, index) => {
      const text = raw.replace(/#.*$/, '').trimEnd()
      const body = text.trimStart()
      if (body === '') return []
      return [{ number: index + 1, indent: (text.length - body.length) / 2, text: body }]
    })
  }

  parse(): Definition {
    const head = this.#words('api', 'data')
    const apiKey = head[0] === 'api' ? Number(head[1]) : undefined
    const name = (head[0] === 'api' ? head[2] : head[1]) as string
    const versions = parseVersions(this.#words('versions')[1] as string)
    const flexible = parseVersions(this.#words('flexible')[1] as string)
    const messages: MessageDefinition[] = []
    while (this.#next < this.#lines.length) messages.push(this.#message(name))
    return { fileName: this.#fileName, name, apiKey, versions, flexible, messages }
  }

  #words(...expected: string[]): string[] {
    const line = this.#lines[this.#next++]
    const words = line?.text.split(' ') ?? []
    if (line === undefined || !expected.includes(words[0] as string)) {
      this.#fail(line, `"${expected.join('" or "')}" expected`)
    }
    return words
  }

  #message(definitionName: string): MessageDefinition {
    const kind = this.#words('request', 'response', 'fields')[0]
    const suffix = { request: 'Request', response: 'Response', fields: '' }[kind as 'fields']
    const structs = new Map<string, StructDefinition>()
    const name = definitionName + suffix
    const root = { name, versions: EVERY, fields: this.#fields(1, structs) }
    return { name, root, structs }
  }

  #fields(indent: number, structs: Map<string, StructDefinition>): FieldDefinition[] {
    const fields: FieldDefinition[] = []
    for (let line = this.#peek(indent); line !== undefined; line = this.#peek(indent)) {
      this.#next++
      if (line.text.startsWith('struct ')) {
        const [, name, versions] = line.text.split(' ')
        this.#struct(name as string, parseVersions(versions ?? '0+'), indent + 1, structs)
        continue
      }
      const field = this.#field(line)
      fields.push(field)
      if (this.#peek(indent + 1) !== undefined) {
        this.#struct(field.typeName, field.versions, indent + 1, structs)
      }
    }
    return fields
  }

  #struct(
    name: string,
    versions: VersionRange,
    indent: number,
    structs: Map<string, StructDefinition>,
  ): void {
    structs.set(name, { name, versions, fields: this.#fields(indent, structs) })
  }

  #peek(indent: number): Line | undefined {
    const line = this.#lines[this.#next]
    return line?.indent === indent ? line : undefined
  }

  #field(line: Line): FieldDefinition {
    const match = FIELD.exec(line.text)
    if (match === null) this.#fail(line, 'a field is "Name: type …"')
    const [, name, type, nullable, nullableVersions, rest] = match as unknown as string[]
    const [attributes, defaultText] = (' ' + (rest ?? '')).split(' = ')
    const words = (attributes as string).split(' ').filter((word) => word !== '')
    const tagAt = words.indexOf('tag')
    const versions = parseVersions(VERSIONS.test(words[0] ?? '') ? (words[0] as string) : '0+')
    const tagVersions = words[tagAt + 2]
    return {
      name: name as string,
      typeName: (type as string).replace(/[[\]]/g, ''),
      isArray: (type as string).startsWith('['),
      versions,
      nullable: nullable === undefined ? NEVER : parseVersions(nullableVersions ?? '0+'),
      tag: tagAt < 0 ? undefined : Number(words[tagAt + 1]),
      tagVersions:
        tagAt < 0
          ? NEVER
          : tagVersions !== undefined && VERSIONS.test(tagVersions)
            ? parseVersions(tagVersions)
            : versions,
      isIgnorable: words.includes('ignorable'),
      isInflexible: words.includes('inflexible'),
      defaultText,
    }
  }

  #fail(line: Line | undefined, reason: string): never {
    throw new Error(`${this.#fileName}:${line?.number ?? 'end'}: ${reason}: ${line?.text ?? ''}`)
  }
}
