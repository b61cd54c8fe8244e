/**
 * What a command found, before anyone decides how it looks. `rows` are the contract with programs: their
 * fields appear under the same names in json, jsonl, yaml and csv, and a change that is not an addition
 * makes a new number at the end of `schema`.
 */
export type Cell = string | number | boolean | null | undefined

export interface Column<Row> {
  readonly title: string
  readonly value: (row: Row) => Cell
  readonly isRight?: boolean
  /** Shown by `-o wide` only. */
  readonly isWide?: boolean
}

export interface Listing<Row extends object> {
  /** `ottla/topic.list/1` */
  readonly schema: string
  /** What the rows are called in JSON: `topics`. */
  readonly plural: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  /** The one word for `-o name`. */
  readonly name: (row: Row) => string
  /** Beside the rows in JSON and YAML. */
  readonly summary?: Readonly<Record<string, unknown>>
  /** For people only: lines above and below the table. */
  readonly heading?: string | undefined
  readonly footer?: string | undefined
  /** For people, when there is no row; goes to stderr. */
  readonly empty?: string
}
