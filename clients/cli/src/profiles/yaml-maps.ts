/**
 * YAML as our configuration is written in: maps of texts and of maps. The reading is the library's; here is
 * how much of it we take, and the line where a person finds what we do not take. A text is what was written:
 * `yes` and `1.0` are no boolean and no number before somebody asks for the key.
 *
 * The library takes 15 ms to load, and is loaded when there is a text to read: help needs none of it.
 */
import { createRequire } from 'node:module'
import type * as Yaml from 'yaml'
import type { Alias, Document, LineCounter, Node, Scalar, YAMLError, YAMLMap } from 'yaml'

export type YamlMap = Map<string, YamlMap | string>

/** Far more than anybody writes, and read within a second whatever it is. */
const TEXT_CHARACTERS_MAX = 256 * 1024
const DEPTH_MAX = 16

const require = createRequire(import.meta.url)

/** Throws an Error whose text begins with "line N: ", or says that the text is too large. */
export function parseYamlMaps(text: string): YamlMap {
  if (text.length > TEXT_CHARACTERS_MAX) {
    throw new Error(
      `it has ${text.length} characters, and can have ${TEXT_CHARACTERS_MAX}: leave out what is no profile`,
    )
  }
  const yaml = require('yaml') as typeof Yaml
  const lines = new yaml.LineCounter()
  // Pretty errors quote the lines around, which may hold a password.
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [wrong] = [...document.errors, ...document.warnings]
  if (wrong !== undefined) refuse(lines, wrong.pos[0], whatIsWrong(wrong))
  return new Reading(yaml, document, lines).root()
}

function whatIsWrong({ code, message }: YAMLError): string {
  if (code === 'DUPLICATE_KEY') return 'the key stands here twice: leave one of them'
  if (code === 'MULTIPLE_DOCS') return 'a second document begins: one is expected'
  if (code === 'TAG_RESOLVE_FAILED') return 'a text or keys are expected, not a value with a tag'
  return message
}

/** From the nodes of one document to maps and texts. */
class Reading {
  readonly #yaml: typeof Yaml
  readonly #document: Document.Parsed
  readonly #lines: LineCounter
  /** Read once each: a text in which aliases multiply takes no more room than it is long. */
  readonly #maps = new Map<YAMLMap, YamlMap>()
  #depth = 0

  constructor(yaml: typeof Yaml, document: Document.Parsed, lines: LineCounter) {
    this.#yaml = yaml
    this.#document = document
    this.#lines = lines
  }

  root(): YamlMap {
    const { contents } = this.#document
    const value = contents === null ? undefined : this.#value(contents)
    if (value === undefined) return new Map()
    if (typeof value !== 'string') return value
    return this.#refuse(contents, '"key: value" is expected')
  }

  /** undefined for nothing, as behind "current:". */
  #value(node: Node): YamlMap | string | undefined {
    if (this.#yaml.isAlias(node)) return this.#value(this.#meant(node))
    if (this.#yaml.isScalar(node)) return this.#text(node)
    if (this.#yaml.isMap(node)) return this.#map(node)
    return this.#refuse(node, 'a list stands where a text or keys are expected')
  }

  #meant(alias: Alias): Node {
    return (
      alias.resolve(this.#document) ??
      this.#refuse(alias, `no "&${alias.source}" stands before "*${alias.source}"`)
    )
  }

  #text(scalar: Scalar): string | undefined {
    const { value, source } = scalar
    if (value === null) return undefined
    if (typeof value === 'string') return value
    const isPlain = typeof value !== 'object' && source !== undefined
    return isPlain
      ? source
      : this.#refuse(scalar, 'a text or keys are expected, not a value with a tag')
  }

  #map(node: YAMLMap): YamlMap {
    const known = this.#maps.get(node)
    if (known !== undefined) return known
    if (++this.#depth > DEPTH_MAX) this.#refuse(node, 'it is nested too deeply, or in itself')
    const map: YamlMap = new Map()
    for (const { key, value } of node.items as { key: Node; value: Node | null }[]) {
      const name = this.#yaml.isScalar(key) ? this.#text(key) : undefined
      if (name === undefined) this.#refuse(key, 'a key is expected to be a text')
      map.set(name, (value === null ? undefined : this.#value(value)) ?? new Map())
    }
    this.#depth--
    this.#maps.set(node, map)
    return map
  }

  #refuse(node: Node | null, what: string): never {
    return refuse(this.#lines, node?.range?.[0] ?? 0, what)
  }
}

function refuse(lines: LineCounter, at: number, what: string): never {
  throw new Error(`line ${Math.max(1, lines.linePos(at).line)}: ${what}`)
}
