/** Apache Kafka for tests and benchmarks: a broker, its command line tools, and its class path. */
export { BrokerProcess, type BrokerProcessOptions } from './broker-process.ts'
export type { ClusterNode } from './cluster-node.ts'
export { fetchJars, type JarSet } from './fetch-jars.ts'
export { freePort } from './free-port.ts'
export { processFigures, type ProcessFigures } from './process-figures.ts'
export { runJava, type RunOptions, type RunResult } from './run-java.ts'
export { runTool, startTool, type ToolName } from './run-tool.ts'
export type { ServerProperties } from './server-properties.ts'
export {
  startApacheKafka,
  type ApacheKafka,
  type ApacheKafkaOptions,
} from './start-apache-kafka.ts'
export {
  startApacheKafkaCluster,
  type ApacheKafkaCluster,
  type ApacheKafkaClusterOptions,
} from './start-cluster.ts'
export { stablePorts } from './stable-ports.ts'
export { isAnswering, waitUntilAnswering, type WaitOptions } from './wait-until-answering.ts'
