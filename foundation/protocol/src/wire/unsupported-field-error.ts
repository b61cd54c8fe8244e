/**
 * The caller set a field that the version to be written does not have, and that may not be lost.
 * Kafka's clients report the same case as UNSUPPORTED_VERSION.
 */
export class UnsupportedFieldError extends Error {
  override readonly name = 'UnsupportedFieldError'

  constructor(typeName: string, fieldName: string, version: number) {
    super(`Cannot encode ${typeName} in version ${version}: it has no ${fieldName}`)
  }
}
