/**
 * The part of Standard Schema (version 1, https://standardschema.dev) that is used here: what zod,
 * valibot, arktype and others put under `~standard`. Types only, and written down again, so that the
 * client depends on none of them.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] }

export interface StandardIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** What a value of the schema is after validation. */
export type OutputOf<S extends StandardSchema> = NonNullable<S['~standard']['types']>['output']
