/** Every case of the suite, in the order in which a reader would ask for them. */
import type { Case } from './suite.ts'
import { admin } from './cases/admin.ts'
import { adminNotServed } from './cases/admin-not-served.ts'
import { brokerRestarts } from './cases/broker-restarts.ts'
import { groups } from './cases/groups.ts'
import { batching } from './cases/batching.ts'
import { javaRecords } from './cases/java-records.ts'
import { killedMembers } from './cases/killed-members.ts'
import { lostConnections } from './cases/lost-connections.ts'
import { staticMembers } from './cases/static-members.ts'
import { transactions } from './cases/transactions.ts'
import { writeAndRead } from './cases/write-and-read.ts'

export const allCases: readonly Case[] = [
  ...writeAndRead,
  ...batching,
  ...javaRecords,
  ...lostConnections,
  ...groups,
  ...staticMembers,
  ...killedMembers,
  ...admin,
  ...adminNotServed,
  ...transactions,
  ...brokerRestarts,
]
