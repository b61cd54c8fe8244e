/** The client for minutes or hours while its broker is restarted, killed and cut off. */
export { parseOptions, type SoakOptions } from './options.ts'
export { soak } from './soak.ts'
export type { SoakSummary } from './summary.ts'
