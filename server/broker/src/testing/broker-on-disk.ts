/** A broker on a folder of the real disk, for a test that starts it again. */
import { silentLogger, systemClock, systemRandom } from '@ottla/base'
import { nodeRuntime } from '../assemble.ts'
import { startBroker, type BrokerUnderTest } from './broker-under-test.ts'

export function startBrokerOnDisk(directory: string): Promise<BrokerUnderTest> {
  const runtime = nodeRuntime({
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    onBug: (error) => {
      throw error
    },
  })
  return startBroker({ 'log.dirs': directory }, runtime)
}
