/** How Kafka's names are spelt in TypeScript and in file names. */

/** `TransactionalId` → `transactionalId`. */
export function propertyName(fieldName: string): string {
  return fieldName.charAt(0).toLowerCase() + fieldName.slice(1)
}

/** `OffsetForLeaderEpochRequest` → `offset-for-leader-epoch-request`. */
export function fileNameOf(messageName: string): string {
  return messageName
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
}
