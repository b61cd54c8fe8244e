import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '@ottla/base'
import { MemoryDisk } from '@ottla/log'
import { refuseOwnedDirectories } from './owned-directories.ts'

function diskWith(path: string, text: string): MemoryDisk {
  const disk = new MemoryDisk({ clock: new FakeClock() })
  disk.makeDirectory('/first')
  disk.makeDirectory('/second')
  const file = disk.open(path, { create: true })
  file.write([Buffer.from(text)], 0)
  file.close()
  return disk
}

test('a directory of a cluster whose metadata is not there is refused, whichever it is', () => {
  const text = 'version=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAA\nnode.id=1\n'

  for (const directory of ['/first', '/second']) {
    const disk = diskWith(`${directory}/meta.properties`, text)
    assert.throws(() => refuseOwnedDirectories(disk, ['/first', '/second']), {
      name: 'StorageError',
      message: new RegExp(
        `^Cannot open "${directory}": .*"AAAAAAAAAAAAAAAAAAAAAA".*"/first/metadata.db".*name another`,
      ),
    })
  }
})

test('a directory that belongs to no cluster is nobody else’s', () => {
  const disk = diskWith(
    '/first/meta.properties',
    'version=1\ndirectory.id=BBBBBBBBBBBBBBBBBBBBBB\n',
  )

  refuseOwnedDirectories(disk, ['/first', '/second', '/nowhere'])
})

test('a meta.properties that cannot be read is refused too', () => {
  const disk = diskWith('/first/meta.properties', '')
  disk.onOperation = () => ({ code: 'EACCES' })

  assert.throws(() => refuseOwnedDirectories(disk, ['/first']), {
    name: 'StorageError',
    message: /^Cannot read "\/first\/meta\.properties": .*EACCES/,
  })
})
