/**
 * The entry of the process. Plain JavaScript and small on purpose: what Node has to strip types from
 * before the compile cache is on costs 15 MB and 40 ms, and some things must happen before the first
 * module is compiled and before libuv makes its threads. Then the broker is loaded.
 */
import { enableCompileCache } from 'node:module'
import { setFlagsFromString } from 'node:v8'

// Reads of cold data and fsyncs share libuv's pool; with the default of 4 a few slow syncs starve reads, with
// many more a fetch of many partitions pays for waking them all.
process.env['UV_THREADPOOL_SIZE'] ??= '8'

// Frames live outside V8's heap, which is small and hardly grows. By default V8 collects the whole heap
// for every few dozen megabytes outside it; counted against the limit of both together it collects less
// than half as often, for a quarter less CPU per gigabyte produced.
setFlagsFromString('--external-memory-accounted-in-global-limit')

enableCompileCache()

const { runBroker } = await import('./run-broker.ts')
await runBroker(process.argv.slice(2))
