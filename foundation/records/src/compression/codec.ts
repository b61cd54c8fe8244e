/**
 * What a codec promises; codec.contract.ts holds every one to it.
 *
 * `decompress` never produces more than `maxBytes`: it stops while it decompresses, or knows the size
 * beforehand, so that a few hundred bytes cannot fill the memory. Anything but a library that does
 * not load ends in a MalformedError.
 */
export interface Codec {
  compress(bytes: Buffer, level?: number): Buffer
  decompress(bytes: Buffer, maxBytes: number): Buffer
}
