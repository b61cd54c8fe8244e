/** What every call of the admin client takes. */
export interface AdminOptions {
  /** Stops the waiting; the call rejects with the signal's reason. What was sent may still happen. */
  readonly signal?: AbortSignal | undefined
  /**
   * For how long what can be tried again is tried again, in milliseconds; default.api.timeout.ms of the
   * client (60000) by default. A request that is under way is waited for in any case.
   */
  readonly timeoutMs?: number | undefined
}

export interface ValidateOptions extends AdminOptions {
  /** True changes nothing and answers what would have been answered. Default false. */
  readonly validateOnly?: boolean
}
