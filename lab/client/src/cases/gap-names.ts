/** Phrases of gaps.md that more than one room of the suite names. */
export const NEW_GROUPS = 'KIP-848 consumer groups, share groups, streams groups.'
