/** A Kafka-compatible broker inside a test, with faults on demand. */
export { startOttla, type OttlaOptions } from './start-ottla.ts'
export { ottlaFixture, type Fixture } from './ottla-fixture.ts'
export type { OttlaForTests, RestartOptions } from './ottla-for-tests.ts'
export type { Storage } from './world/storage.ts'
export type { TopicOptions, Topics, TopicsOption } from './topics.ts'
export type { Faults } from './faults/faults.ts'
export type { ApiName, CutMoment, Fault, FaultOptions, FaultRequest } from './faults/fault.ts'
