/** Both brokers of the suite, for benchmarks and long runs. */
export { startKafka, startOttla } from './targets/start-target.ts'
export type { Target } from './targets/target.ts'
export { programsOf, type PageProgram } from './pages/programs-of.ts'
