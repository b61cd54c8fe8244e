import { allCases } from './all-cases.ts'
import { runSuite } from './suite.ts'

runSuite(allCases, process.env['CLIENT_SUITE'])
