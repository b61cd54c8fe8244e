/** A broker alone knows what it was started with and how it logs; of the rest they all know the same. */
import type { Cluster } from '../../cluster/cluster.ts'
import { KafkaError } from '../../kafka-error.ts'
import { toController } from '../asking/any-broker.ts'
import { isPassingAtBroker, toBrokers } from '../asking/one-broker.ts'
import type { Router } from '../asking/router.ts'
import { resourceText, type ConfigResource } from './config-resource.ts'

export function toOwner<Item>(
  cluster: Cluster,
  resourceOf: (item: Item) => ConfigResource,
): Router<Item> {
  const named = toBrokers<Item>((item) => Number(resourceOf(item).name))
  const others = toController<Item>(cluster)
  const isNamed = (item: Item): boolean => isOfOneBroker(resourceOf(item))
  return {
    async routes(_, pending, refuse) {
      const good = pending.filter((item) => {
        const resource = resourceOf(item)
        const isBad = isNamed(item) && !/^\d{1,10}$/.test(resource.name)
        if (isBad) refuse(item, badId(resource))
        return !isBad
      })
      const { true: own = [], false: rest = [] } = Object.groupBy(good, (item) =>
        isNamed(item) ? 'true' : 'false',
      )
      return [
        ...(own.length > 0 ? await named.routes(cluster, own, refuse) : []),
        ...(rest.length > 0 ? await others.routes(cluster, rest, refuse) : []),
      ]
    },
    forget(_, item, error) {
      const router = isNamed(item) ? named : others
      router.forget?.(cluster, item, error)
    },
    isRetriable: isPassingAtBroker,
  }
}

function isOfOneBroker({ type, name }: ConfigResource): boolean {
  return type === 'broker-logger' || (type === 'broker' && name !== '')
}

function badId(resource: ConfigResource): KafkaError {
  const what = resourceText(resource)
  return new KafkaError('INVALID_ARGUMENT', `Cannot find ${what}: the id of a broker is a number`)
}
