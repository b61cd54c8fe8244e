/** "Not asked for" in every authorized-operations field (conformance M8): the least int32. */
export const NO_AUTHORIZED_OPERATIONS = -2147483648
