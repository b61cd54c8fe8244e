/** What a coordinator knows of the request besides its body, and how it answers. */
export interface RequestContext {
  readonly apiVersion: number
  readonly clientId: string
  readonly clientHost: string
}

/** Called exactly once for each request, now or later (a join waits for the whole group). */
export type Reply<Response> = (response: Response) => void
