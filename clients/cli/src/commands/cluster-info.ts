import { counted } from '../output/human.ts'
import { printListing } from '../output/print-listing.ts'
import type { Invocation } from '../parse/invocation.ts'
import { describeCluster } from '../connect/describe-cluster.ts'
import { withKafka } from './with-kafka.ts'

export async function clusterInfo(invocation: Invocation): Promise<void> {
  const { clusterId, controllerId, brokers } = await withKafka(invocation, describeCluster)
  await printListing(invocation, {
    schema: 'ottla/cluster.info/1',
    plural: 'brokers',
    rows: brokers.map((broker) => ({ ...broker, isController: broker.id === controllerId })),
    columns: [
      { title: 'BROKER', value: ({ id }) => id, isRight: true },
      { title: 'HOST', value: ({ host }) => host },
      { title: 'PORT', value: ({ port }) => port, isRight: true },
      { title: 'RACK', value: ({ rack }) => rack },
      { title: 'CONTROLLER', value: ({ isController }) => isController },
    ],
    name: ({ id }) => String(id),
    summary: { clusterId, controllerId },
    heading: `Cluster ${clusterId ?? '(without an id)'}: ${counted(brokers.length, 'broker')}`,
  })
}
