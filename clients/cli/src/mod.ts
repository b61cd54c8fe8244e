/** The `ottla` command, for a program that runs it in its own process. */
export { runCli } from './run-cli.ts'
export {
  Interrupted,
  ReaderGone,
  type Input,
  type Output,
  type Terminal,
} from './terminal/terminal.ts'
