/** `a:9092,b` as addresses, for a look at each; the client has its own reader for its own use. */
import { UsageError } from '../parse/usage-error.ts'

const PORT_DEFAULT = 9092

export function parseBrokerList(text: string): { readonly host: string; readonly port: number }[] {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
  if (words.length === 0)
    throw new UsageError('--brokers is empty: write host:port, such as localhost:9092')
  return words.map((word) => {
    const bare = word.replace(/^[A-Z_]+:\/\//, '')
    const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]/]+))(?::(\d{1,5}))?$/.exec(bare)
    const host = match?.[1] ?? match?.[2]
    const port = Number(match?.[3] ?? PORT_DEFAULT)
    if (host === undefined || port < 1 || port > 65_535) {
      throw new UsageError(
        `Cannot read "${word}" as the address of a broker: write host:port, such as localhost:9092`,
      )
    }
    return { host, port }
  })
}
