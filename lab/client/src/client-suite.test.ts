import { allCases } from './all-cases.ts'
import { runSuite } from './suite.ts'

runSuite(allCases, {
  only: process.env['CLIENT_SUITE'],
  isAll: process.env['CLIENT_SUITE_ALL'] === '1',
})
