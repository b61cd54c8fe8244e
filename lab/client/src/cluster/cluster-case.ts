import type { ApacheKafkaCluster } from '@ottla/lab-apache-kafka'

/** It finds the cluster whole; what it breaks is mended before the next one. */
export interface ClusterCase {
  readonly name: string
  /** `tell` shows a figure with the result. */
  readonly run: (cluster: ApacheKafkaCluster, tell: (text: string) => void) => Promise<void>
}
