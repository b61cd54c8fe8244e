/**
 * Does a set-up step once for the content of the files that it depends on, and again when they change.
 * The stamp is written last, so that a step that was interrupted is repeated, and so is one whose product
 * is gone.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE } from './locations.ts'

const running = new Map<string, Promise<void>>()

export function oncePerContent(
  name: string,
  files: readonly string[],
  product: string,
  step: () => Promise<void>,
): Promise<void> {
  // Two clients may share one step (kafkajs and @platformatic/kafka are one npm install).
  const already = running.get(name)
  if (already !== undefined) return already
  const promise = doOnce(name, files, product, step)
  running.set(name, promise)
  return promise
}

async function doOnce(
  name: string,
  files: readonly string[],
  product: string,
  step: () => Promise<void>,
): Promise<void> {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.version}`)
  for (const file of files) hash.update(readFileSync(file))
  const stamp = hash.digest('hex')
  const stampFile = join(CACHE, `${name}.stamp`)
  const isDone = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
  if (isDone && existsSync(product)) return
  mkdirSync(CACHE, { recursive: true })
  await step()
  writeFileSync(stampFile, stamp)
}
