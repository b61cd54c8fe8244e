/** Where Apache's generated class for a message lives. */
const PACKAGES: readonly (readonly [pattern: RegExp, packageName: string])[] = [
  [/^(?:Legacy)?OffsetCommit(?:Key|Value)$/, 'org.apache.kafka.coordinator.group.generated'],
  [/^GroupMetadata(?:Key|Value)$/, 'org.apache.kafka.coordinator.group.generated'],
  [/^TransactionLog(?:Key|Value)$/, 'org.apache.kafka.coordinator.transaction.generated'],
  [/^ProducerSnapshot$/, 'org.apache.kafka.server.log.remote.metadata.storage.generated'],
]

export function javaClassOf(messageName: string): string {
  const found = PACKAGES.find(([pattern]) => pattern.test(messageName))
  if (found !== undefined) return `${found[1]}.${messageName}`
  const isApi = /(?:Request|Response)$/.test(messageName)
  return `org.apache.kafka.common.message.${messageName}${isApi ? 'Data' : ''}`
}
