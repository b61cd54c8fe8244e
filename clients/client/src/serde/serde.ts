/**
 * From the values of a program to the bytes of a record and back. Types of the whole client come from
 * here: a topic with `value: json(Order)` sends and receives `Order`.
 *
 * A serde may be asynchronous (a schema registry is asked once); the client takes the synchronous way
 * whenever there is no promise.
 */
export interface SerdeContext {
  readonly topic: string
  /** Which of the two parts of a record. */
  readonly part: 'key' | 'value'
}

export interface Serde<T> {
  /** null stands for null on the wire (a tombstone, as value) and is never given to a serde. */
  serialize(value: T, context: SerdeContext): Uint8Array | Promise<Uint8Array>
  /** The bytes belong to the receiver, and stay as they are. */
  deserialize(bytes: Buffer, context: SerdeContext): T | Promise<T>
}

/** What a serde gives: `ValueOf<typeof orderSerde>`. */
export type ValueOf<S> = S extends Serde<infer T> ? T : never
