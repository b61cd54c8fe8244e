/**
 * Writes src/generated/ from definitions/. Run after editing a definition: `npm run generate`.
 *
 * The output is committed. `--check` writes nothing and fails when it differs from what is committed,
 * so that a forgotten run or an edit by hand cannot land.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { Definition } from './definition.ts'
import { emitMessage } from './emit-message.ts'
import { emitApiKeys, emitApiVersions } from './emit-tables.ts'
import { fileNameOf } from './names.ts'
import { parseDefinition } from './parse-definition.ts'

const ROOT = join(import.meta.dirname, '..')
const DEFINITIONS = join(ROOT, 'definitions')
const GENERATED = join(ROOT, 'src', 'generated')

export function loadDefinitions(): Definition[] {
  return readdirSync(DEFINITIONS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.api'))
    .toSorted()
    .map((name) => parseDefinition(name, readFileSync(join(DEFINITIONS, name), 'utf8')))
}

/** File name → formatted text. */
export async function generate(definitions: readonly Definition[]): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const definition of definitions) {
    for (const message of definition.messages) {
      files.set(`${fileNameOf(message.name)}.ts`, emitMessage(definition, message))
    }
  }
  files.set('api-key.ts', emitApiKeys(definitions))
  files.set('api-version-rows.ts', emitApiVersions(definitions))
  const options = await resolveConfig(join(GENERATED, 'any.ts'))
  for (const [name, text] of files) {
    files.set(name, await format(text, { ...options, parser: 'typescript' }))
  }
  return files
}

/** Names of the files whose committed text differs. */
export function drift(files: ReadonlyMap<string, string>): string[] {
  const present = readdirSync(GENERATED)
  const missing = present.filter((name) => !files.has(name))
  const changed = [...files].filter(([name, text]) => {
    return !present.includes(name) || readFileSync(join(GENERATED, name), 'utf8') !== text
  })
  return [...missing, ...changed.map(([name]) => name)]
}

async function main(): Promise<void> {
  const files = await generate(loadDefinitions())
  if (process.argv.includes('--check')) {
    const names = drift(files)
    if (names.length === 0) return
    console.error(
      `src/generated differs from definitions/: ${names.join(', ')}. Run npm run generate.`,
    )
    process.exitCode = 1
    return
  }
  rmSync(GENERATED, { recursive: true, force: true })
  mkdirSync(GENERATED, { recursive: true })
  for (const [name, text] of files) writeFileSync(join(GENERATED, name), text)
}

if (import.meta.main) await main()
