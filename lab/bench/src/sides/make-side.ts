import type { Options } from '../options.ts'
import { kafkaSide } from './kafka.ts'
import { ottlaSide } from './ottla.ts'
import type { Side, SideName } from './side.ts'

export function makeSide(name: SideName, options: Options): Side {
  switch (name) {
    case 'ottla':
      return ottlaSide(options)
    case 'kafka':
      return kafkaSide(options, false)
    case 'kafka-tuned':
      return kafkaSide(options, true)
  }
}
