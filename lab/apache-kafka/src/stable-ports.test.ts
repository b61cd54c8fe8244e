import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { stablePorts } from './stable-ports.ts'

test('stablePorts() gives different ports that can be listened to', async () => {
  const ports = await stablePorts(20)

  assert.equal(new Set(ports).size, 20)
  for (const port of ports) {
    const server = createServer()
    await new Promise<void>((resolve, reject) => {
      server.on('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    await new Promise((resolve) => {
      server.close(resolve)
    })
  }
})

test(
  'stablePorts() stays below the ports of outgoing connections',
  { skip: process.platform === 'linux' ? false : 'only Linux says which they are' },
  async () => {
    const range = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')

    const ports = await stablePorts(20)

    assert.ok(ports.every((port) => port < Math.max(16_000, Number.parseInt(range, 10))))
  },
)
