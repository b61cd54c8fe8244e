/** What goes wrong, one after the other, each as often as the others. */
import type { Target } from '@ottla/lab-client'

export interface Disturbance {
  readonly name: string
  readonly run: () => Promise<void> | void
}

/** Of one direction; mid-frame more often than not. */
const CUT_AFTER_BYTES = 4097

export function disturbancesOf(
  target: Target,
  exchangeReader: () => Promise<void>,
): readonly Disturbance[] {
  return [
    {
      name: 'connections cut',
      run: () => {
        target.proxy.cutAll()
      },
    },
    { name: 'broker killed', run: () => target.killAndRestart() },
    { name: 'member exchanged', run: exchangeReader },
    {
      name: 'cut mid-response',
      run: () => {
        target.proxy.cutAfter(CUT_AFTER_BYTES, 'responses')
      },
    },
    { name: 'broker restarted', run: () => target.restart() },
    {
      name: 'cut mid-request',
      run: () => {
        target.proxy.cutAfter(CUT_AFTER_BYTES, 'requests')
      },
    },
  ]
}
