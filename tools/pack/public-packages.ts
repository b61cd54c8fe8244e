/**
 * What is published: three packages. Each carries, bundled, what it needs of the private ones (foundation and
 * server), which keep the freedom to change their doors from one version to the next.
 */
export interface PublicPackage {
  /** From the root. */
  readonly folder: string
  /** The programs inside, by the name of the emitted file. Doors (`exports`) and `bin` come from package.json. */
  readonly programs: Readonly<Record<string, string>>
}

export const PUBLIC_PACKAGES: readonly PublicPackage[] = [
  { folder: 'clients/client', programs: {} },
  { folder: 'clients/testing', programs: {} },
  {
    folder: 'clients/cli',
    // The container image starts the same broker by the environment of Apache's image (docker/run).
    programs: { container: 'server/broker/src/container/main.mjs' },
  },
]

/** A package.json of the repository, as far as publishing goes. */
export interface PackageJson {
  readonly name: string
  readonly version: string
  readonly description: string
  readonly license: string
  readonly engines: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, string>>
  readonly bin?: Readonly<Record<string, string>>
  readonly keywords?: readonly string[]
  readonly repository?: { readonly type: string; readonly url: string }
  readonly dependencies?: Readonly<Record<string, string>>
}
