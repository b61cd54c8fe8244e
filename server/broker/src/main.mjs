/**
 * The entry of the process. Small on purpose: what must happen before the first module is compiled and
 * before libuv makes its threads happens here, then the broker is loaded.
 */
import { enableCompileCache } from 'node:module'

// Reads of cold data and fsyncs share libuv's pool; with the default of 4 a few slow syncs starve reads.
process.env['UV_THREADPOOL_SIZE'] ??= '16'
enableCompileCache()

const { runBroker } = await import('./run-broker.ts')
await runBroker(process.argv.slice(2))
