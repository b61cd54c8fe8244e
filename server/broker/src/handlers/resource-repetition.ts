/** A resource that one request names twice is refused; which change came first would decide otherwise. */
import { ErrorCode } from '@ottla/protocol'
import type { ConfigOutcome, ConfigResource } from '../config-service.ts'
import { repeated } from './repeated.ts'

interface Repetition<Resource> {
  readonly refusals: (ConfigResource & ConfigOutcome)[]
  readonly once: Resource[]
}

export function refuseRepeated<Resource extends ConfigResource>(
  resources: readonly Resource[],
): Repetition<Resource> {
  const keyOf = ({ resourceType, resourceName }: ConfigResource) =>
    `${resourceType}:${resourceName}`
  const twice = repeated(resources.map(keyOf))
  const refused = new Map(
    resources.filter((resource) => twice.has(keyOf(resource))).map((each) => [keyOf(each), each]),
  )
  return {
    refusals: [...refused.values()].map(({ resourceType, resourceName }) => ({
      resourceType,
      resourceName,
      errorCode: ErrorCode.INVALID_REQUEST,
      errorMessage: 'Each resource must appear at most once.',
    })),
    once: resources.filter((resource) => !twice.has(keyOf(resource))),
  }
}
