import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeNetwork } from './network.contract.ts'
import { nodeNetwork } from './node-network.ts'

/** Turns of the event loop, which wait for sockets as well: a bound for the clock of the test to keep. */
async function until(isReached: () => boolean): Promise<void> {
  while (!isReached()) await new Promise((resolve) => setImmediate(resolve))
}

describeNetwork('nodeNetwork', () => ({ network: nodeNetwork, until }))

test('nodeNetwork shows an IPv4 peer of a dual-stack listener as IPv4', async () => {
  const hosts: string[] = []
  const listening = await nodeNetwork.listen({ host: '::ffff:127.0.0.1', port: 0 }, (socket) => {
    hosts.push(socket.remoteHost)
    socket.setListener({ onData: () => {}, onDrain: () => {}, onClose: () => {} })
    socket.destroy()
  })
  const client = await nodeNetwork.connect({ host: '127.0.0.1', port: listening.port })
  client.setListener({ onData: () => {}, onDrain: () => {}, onClose: () => {} })

  await until(() => hosts.length > 0)

  assert.deepEqual(hosts, ['127.0.0.1'])
  client.destroy()
  await listening.close()
})
