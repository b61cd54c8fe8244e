/** The generated pair of functions for a message, found by its name. */
import type { ByteReader, ByteWriter } from '@ottla/base'
import type { MessageDefinition } from './definition.ts'
import { fileNameOf } from './names.ts'
import type { AnyMessage } from './random-message.ts'

export interface MessageCodec {
  readonly decode: (reader: ByteReader, version: number) => AnyMessage
  readonly encode: (writer: ByteWriter, message: AnyMessage, version: number) => void
}

export async function codecOf(message: MessageDefinition): Promise<MessageCodec> {
  const module = await import(`../src/generated/${fileNameOf(message.name)}.ts`)
  return { decode: module[`decode${message.name}`], encode: module[`encode${message.name}`] }
}
