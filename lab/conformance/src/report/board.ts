/** Where every check leaves its cell: which row and column, how it went, and why not. */
export type Status = 'ok' | 'failed' | 'skipped'

export interface Cell {
  readonly table: string
  readonly row: string
  readonly column: string
  readonly status: Status
  /** Why it failed or was skipped. */
  readonly detail?: string
  readonly ms?: number
}

export class Board {
  readonly #cells: Cell[] = []
  readonly #onCell: (cell: Cell) => void

  constructor(onCell: (cell: Cell) => void = () => {}) {
    this.#onCell = onCell
  }

  get cells(): readonly Cell[] {
    return this.#cells
  }

  get failures(): readonly Cell[] {
    return this.#cells.filter(({ status }) => status === 'failed')
  }

  add(cell: Cell): void {
    this.#cells.push(cell)
    this.#onCell(cell)
  }

  /** Runs a check; a problem that it returns or throws makes the cell fail. */
  async check(
    place: Pick<Cell, 'table' | 'row' | 'column'>,
    check: () => Promise<string | undefined>,
  ): Promise<boolean> {
    const begin = performance.now()
    const problem = await check().catch((error: unknown) =>
      error instanceof Error ? error.message : String(error),
    )
    const ms = Math.round(performance.now() - begin)
    if (problem === undefined) this.add({ ...place, status: 'ok', ms })
    else this.add({ ...place, status: 'failed', detail: problem, ms })
    return problem === undefined
  }
}
