import type { CommandSpec } from '../parse/command-spec.ts'

export const CLUSTER_COMMANDS: readonly CommandSpec[] = [
  {
    path: ['cluster', 'info'],
    summary: 'Show the cluster and its brokers',
    examples: [
      { line: 'ottla cluster info', about: 'brokers, controller, id' },
      { line: 'ottla cluster info --json', about: 'for a program' },
    ],
    notes:
      'JSON: ottla/cluster.info/1 {clusterId, controllerId, "brokers" of {id, host, port, rack, isController}}',
    load: async () => (await import('../commands/cluster-info.ts')).clusterInfo,
  },
  {
    path: ['cluster', 'health'],
    summary: 'Look for partitions without a leader or with too few replicas',
    examples: [
      { line: 'ottla cluster health', about: 'a look' },
      { line: 'ottla cluster health -e', about: 'exit code 1 when it is not healthy' },
    ],
    options: [
      { name: 'exit-code', short: 'e', about: 'exit code 1 when the cluster is not healthy' },
    ],
    notes:
      'JSON: ottla/cluster.health/1 {isHealthy, brokerCount, controllerId, partitionCount, leaderlessCount,\n' +
      'underReplicatedCount, "partitions" of {topic, partition, problem, leader, replicas, inSyncReplicas}}',
    load: async () => (await import('../commands/cluster-health.ts')).clusterHealth,
  },
  {
    path: ['cluster', 'configs'],
    summary: 'Show the settings of a broker',
    examples: [
      { line: 'ottla cluster configs', about: 'what differs from the default, of every broker' },
      { line: 'ottla cluster configs 1 --all', about: 'all settings of broker 1' },
    ],
    arguments: [{ name: 'BROKER', about: 'the id of a broker (default: all)', isOptional: true }],
    options: [{ name: 'all', short: 'a', about: 'also those at their default' }],
    notes: 'JSON: ottla/cluster.configs/1, "configs" of {broker, name, value, source, isReadOnly}',
    load: async () => (await import('../commands/cluster-configs.ts')).clusterConfigs,
  },
]
