/** A configuration that the broker cannot start with; the message says what to write instead. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
