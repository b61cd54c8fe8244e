/** Every case of the suite, in the order in which a reader would ask for them. */
import type { Case } from './suite.ts'
import { groups } from './cases/groups.ts'
import { lostConnections } from './cases/lost-connections.ts'
import { transactions } from './cases/transactions.ts'
import { writeAndRead } from './cases/write-and-read.ts'

export const allCases: readonly Case[] = [
  ...writeAndRead,
  ...lostConnections,
  ...groups,
  ...transactions,
]
