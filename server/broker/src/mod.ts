/** A broker that another program can start in its own process. */
export { assembleBroker, nodeRuntime } from './assemble.ts'
export { Broker } from './broker.ts'
export type { Runtime } from './runtime.ts'
export { BrokerConfig } from './config/broker-config.ts'
export { ConfigError } from './config/config-error.ts'
export {
  loadBrokerConfig,
  type ConfigSources,
  type LoadedConfig,
} from './config/load-broker-config.ts'
