#!/usr/bin/env node
/**
 * The entry of the process. Plain JavaScript and small on purpose: the compile cache must be on before
 * the first module is compiled, and what a broker in this process needs is to be set before libuv makes
 * its threads (see server/broker/src/main.mjs). Only then is anything loaded.
 */
import { enableCompileCache } from 'node:module'

const [command] = process.argv.slice(2)
if (command === 'dev' || command === 'broker') {
  process.env['UV_THREADPOOL_SIZE'] ??= '8'
  const { setFlagsFromString } = await import('node:v8')
  setFlagsFromString('--external-memory-accounted-in-global-limit')
}

enableCompileCache()

const { runProcess } = await import('./run-process.ts')
await runProcess(process.argv.slice(2))
