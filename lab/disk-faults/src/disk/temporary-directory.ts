/** A directory of one test, gone with everything in it when the test is over. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export class TemporaryDirectory {
  readonly path: string

  constructor() {
    this.path = mkdtempSync(join(tmpdir(), 'ottla-disk-faults-'))
  }

  file(name: string): string {
    return join(this.path, name)
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}
