/** What clients are told of a log that is damaged from `endOffset` on; where, the operator is told. */
export function damageText(endOffset: number): string {
  return `The log is damaged: it is readable up to offset ${endOffset} and refuses appends; its files have to be restored from a copy`
}
