/**
 * Frames written by the reference tools (lz4 1.9.4, zstd 1.5.4), all of the same content, for the
 * tests: what our own writers do not do (linked blocks, checksums, sizes) must still be read.
 */

/** The content of every frame here, 145,914 bytes. */
export function capturedContent(): Buffer {
  const lines = Array.from({ length: 7000 }, (_, i) => `record ${(i * i) % 97} of a batch\n`)
  return Buffer.from(lines.join(''))
}

function base64(text: string): Buffer {
  return Buffer.from(text, 'base64')
}

/** `lz4 -9 -B4 -BD -BX --content-size`: linked 64 KiB blocks, every checksum there is. */
export const LZ4_LINKED = base64(`
  BCJNGFxA+jkCAAAAAAB6ggIAAPMFcmVjb3JkIDAgb2YgYSBiYXRjaAoUAB8xFAAAHzQUAAAfOTwAAR82FQAALzI1FQ
  AAHzMqAAEfNFQAAR82fQABHzimAAEfM30AAQ8+AAEvNDcVAAAvNzI/AAEPZwABD3wAAR82KgABHzn6AAIPpwABHzeK
  AQIPVAABHzU/AAEfOU4BAg+2AQIP3wECD1QAAg8/AAEfNagAAR84EAEBD/sAAR8yeAEBHzg/AAEfNX0AAR8yEAEBHz
  g0AgIPHwICD5MAAR8xKgABHzhPAQEfNmQBAg+9AAEfM6gAAR8xJgECD3gBAQ+NAQEfOLwAAR83+wABHzcqAAIfMxUA
  Fg9pABYvODW9ABUfNg8BAQ85ARYvNDiNARUPtwECHzELAhYvNjFfAhUvMjKzAhUvODgHAxUPMQMCHziDAxUvOTTXAx
  YfMSsEFh82fwQVLzEy0wQVLzMzJwUVHzZ7BRYfMs0FFS80NyEGFR8zcwYVLzY0xwYVHzMbBxYvMTZuBxQfNL4HDQ/m
  B/////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////+lBiYXRjaMd3P84KAQAAD+YH////
  //////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  ///////////////////////////////////////////////////////////////////+hQb2YgYSA9c/LIRAAAAA/m
  B/////////////////////////////////////////////////////////////////////////////8cUGF0Y2gKtG
  FJKwAAAACeRfWp
`)

/** `lz4 -9 -B4 -BI`: independent 64 KiB blocks and the checksum of the content. */
export const LZ4_INDEPENDENT = base64(`
  BCJNGGRAp4ICAADzBXJlY29yZCAwIG9mIGEgYmF0Y2gKFAAfMRQAAB80FAAAHzk8AAEfNhUAAC8yNRUAAB8zKgABHz
  RUAAEfNn0AAR84pgABHzN9AAEPPgABLzQ3FQAALzcyPwABD2cAAQ98AAEfNioAAR85+gACD6cAAR83igECD1QAAR81
  PwABHzlOAQIPtgECD98BAg9UAAIPPwABHzWoAAEfOBABAQ/7AAEfMngBAR84PwABHzV9AAEfMhABAR84NAICDx8CAg
  +TAAEfMSoAAR84TwEBHzZkAQIPvQABHzOoAAEfMSYBAg94AQEPjQEBHzi8AAEfN/sAAR83KgACHzMVABYPaQAWLzg1
  vQAVHzYPAQEPOQEWLzQ4jQEVD7cBAh8xCwIWLzYxXwIVLzIyswIVLzg4BwMVDzEDAh84gwMVLzk01wMWHzErBBYfNn
  8EFS8xMtMEFS8zMycFFR82ewUWHzLNBRUvNDchBhUfM3MGFS82NMcGFR8zGwcWLzE2bgcUHzS+Bw0P5gf/////////
  //////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  ////////////////////////////////////////////////////pQYmF0Y2iEAgAA9AYKcmVjb3JkIDQ4IG9mIGEg
  YmF0Y2gVAC8zMhUAAB8xKgABHzYUAAAvOTMVAAAvODUVAAAvNzkVAAEPKgACHzMVABYPaQAWLzg1vQAVHzYPAQEPOQ
  EWD2MBAh82VAABHzhpAAIfMWkAAQ+8AAEfNioAAR84+wABHzKoAAEvNTQ/AAEPvQABLzI3fgABD5MAAQ8+AAEvNTB4
  AQEPfQABHzSNAQEfOeYAAR80PwABHzlPAQEfNVQAAR8xEAEBHzeoAAEfM5MAAg+OAQIPVAABHzO9AAEPfQACD0oCAg
  94AQEfMvsAAQ+DAwIPfAABHzZ4AQIPNAIBHzNOAQEfMvoAAR8xFgQCD2gAAQ89AAEPFAAAHzAoABQPBQICD6EAAQ/L
  ABYvMzYfARUvNjRzARUfM8UBFS80NxkCFQ9rAhYvNjK/AhUvMzMTAxUvMTJnAxUvOTa7AxYfMQ8EFh80YwQVHzi1BB
  UvMjcJBRUvNTRdBRUPhwUCHzbbBRYvMTEvBhUOWQYP5gf/////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  ////////////////VQb2YgYSC4AQAA+QZiYXRjaApyZWNvcmQgOTUgb2YgYSAVAC82MhUAAC8zMRUAAA8pAAEfNxUA
  AS80Nz4AAR80aAABDxQAAB84fAABHzY+AAEvNDlTAAEfNn0AAQ/6AAEfMSoAAQ9TAAEPfAABD6UAAR8wKAAUHzR4AB
  QfMcsAFi8zNh8BFS82NHMBFR8zxQEVLzQ3GQIVD2sCFg6VAg+/AgUfM6cAAR83igECD1QAAR81PwABHzlOAQIPtgEC
  D98BAg9UAAIPPwABHzWoAAEfOBABAQ/7AAEfMngBAR84PwABHzV9AAEfMhABAR84NAICDx8CAg9TAwIPKgABHzhPAQ
  EfNmQBAg+9AAEfM6gAAR8xJgECD3gBAQ9jBAIPvAABHzf7AAEfNyoAAh8zFQAWD2kAFi84Nb0AFR82DwEBDzkBFi80
  OI0BFQ+3AQIfMQsCFi82MV8CFS8yMrMCFS84OAcDFQ8xAwIfOIMDFS85NNcDFh8xKwQWHzZ/BBUvMTLTBBUO/QQP5g
  f//////////////////////////////////////////////////////////////////yRQYXRjaAoAAAAAnkX1qQ==
`)

/** `lz4 -9 -B7 -BX --content-size`: 4 MiB blocks, as Go clients write them. */
export const LZ4_LARGE_BLOCKS = base64(`
  BCJNGHxQ+jkCAAAAAABuvgMAAPMFcmVjb3JkIDAgb2YgYSBiYXRjaAoUAB8xFAAAHzQUAAAfOTwAAR82FQAALzI1FQ
  AAHzMqAAEfNFQAAR82fQABHzimAAEfM30AAQ8+AAEvNDcVAAAvNzI/AAEPZwABD3wAAR82KgABHzn6AAIPpwABHzeK
  AQIPVAABHzU/AAEfOU4BAg+2AQIP3wECD1QAAg8/AAEfNagAAR84EAEBD/sAAR8yeAEBHzg/AAEfNX0AAR8yEAEBHz
  g0AgIPHwICD5MAAR8xKgABHzhPAQEfNmQBAg+9AAEfM6gAAR8xJgECD3gBAQ+NAQEfOLwAAR83+wABHzcqAAIfMxUA
  Fg9pABYvODW9ABUfNg8BAQ85ARYvNDiNARUPtwECHzELAhYvNjFfAhUvMjKzAhUvODgHAxUPMQMCHziDAxUvOTTXAx
  YfMSsEFh82fwQVLzEy0wQVLzMzJwUVHzZ7BRYfMs0FFS80NyEGFR8zcwYVLzY0xwYVHzMbBxYvMTZuBxQfNL4HDQ/m
  B/////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  //////////////////////////////////////////////////////////////////////////////////////////
  /////////////////////////////////zBQYXRjaAoJ9+OgAAAAAJ5F9ak=
`)

/** `zstd -19`, with a checksum of the content. */
export const ZSTD_LEVEL_19 = base64(`
  KLUv/aT6OQIAzAUA4gscErAZGw9GZMvDSrI37UzRhYE5BuQ8Wb3p+eBMneuKWrdsgyuqPW3K2hkY2q8QbVWJdCvRP6
  Y3DXOsZ5dn2DxSFT0/ElnpiVU2xCs7BuasKe1nrSi41nI+nbqzq4R++rU6pQlAiEUYRpgjmWAKJSEMJV+oITS7+2+A
  mSbDGBIYQWAEgdXn/+T+Zxf46beo8SB4HshMM1gcKEoMdV284JGBFgEx5OFd7JNLg0b+5xaVADWOl3WAVgVNAAAAAQ
  D3eTCf10A9dKS4
`)
