/** The programs of examples/, built or installed as their READMEs say. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runToSuccess } from '../processes/run-program.ts'
import { CACHE, EXAMPLES } from '../setup/locations.ts'
import { oncePerContent } from '../setup/once-per-content.ts'
import { installPackages } from '../setup/prepare-programs.ts'

export interface ExamplePrograms {
  readonly producer: readonly string[]
  readonly consumer: readonly string[]
}

const BUILD_TIMEOUT_MS = 300_000

export async function goExamples(): Promise<ExamplePrograms> {
  const directory = join(EXAMPLES, 'go')
  const binaries = join(CACHE, 'examples')
  const sources = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(go|mod|sum)$/.test(name))
    .map((name) => join(directory, name))
  await oncePerContent('examples-go', sources, join(binaries, 'producer'), async () => {
    // `go run` is `go build` and a start; built once, the programs get our signals themselves.
    const build = ['go', 'build', '-o', `${binaries}/`, './producer', './consumer']
    await runToSuccess(['mkdir', '-p', binaries])
    await runToSuccess(build, { directory, timeoutMs: BUILD_TIMEOUT_MS })
  })
  return { producer: [join(binaries, 'producer')], consumer: [join(binaries, 'consumer')] }
}

export async function typescriptExamples(): Promise<ExamplePrograms> {
  const directory = join(EXAMPLES, 'typescript')
  await installPackages('examples-typescript', directory)
  const command = (name: string): readonly string[] => [process.execPath, join(directory, name)]
  return { producer: command('producer.ts'), consumer: command('consumer.ts') }
}
