/** Errors as a member tells them. */
import { KafkaError } from '../../kafka-error.ts'

/** Anything but a KafkaError is a mistake of this client or of a peer: it ends the membership. */
export function asKafkaError(error: unknown): KafkaError {
  if (error instanceof KafkaError) return error
  const why = error instanceof Error ? error.message : String(error)
  return new KafkaError('UNKNOWN_SERVER_ERROR', `The membership of the group failed: ${why}`, {
    cause: error,
    retriable: false,
    fatal: true,
  })
}

export function listenerError(error: unknown, kind: string): KafkaError {
  if (error instanceof KafkaError) return error
  const why = error instanceof Error ? error.message : String(error)
  return new KafkaError('LISTENER_FAILED', `The listener failed with ${kind} partitions: ${why}`, {
    cause: error,
    fatal: true,
  })
}

/** The same refusal where we know that trying again may help. */
export function asRetriable({ code, message, apiKey, broker }: KafkaError): KafkaError {
  return new KafkaError(code, message, { retriable: true, apiKey, broker })
}

/** For a `join` that still waits. */
export function leftError(groupId: string): KafkaError {
  return new KafkaError('CLIENT_CLOSED', `The group "${groupId}" was left before it was joined`)
}
