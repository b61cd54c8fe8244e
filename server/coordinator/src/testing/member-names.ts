/** Short names for member ids, which are random: `A.1` is the first id that client A was given. */
export class MemberNames {
  readonly #names = new Map<string, string>()
  readonly #ids = new Map<string, string>()
  readonly #counts = new Map<string, number>()

  /** Names an id that was not seen before after its `owner`; without one it is shown as it is. */
  nameOf(memberId: string, owner?: string): string {
    const known = this.#names.get(memberId)
    if (known !== undefined || owner === undefined || memberId === '') return known ?? memberId
    const count = (this.#counts.get(owner) ?? 0) + 1
    this.#counts.set(owner, count)
    const name = `${owner}.${count}`
    this.#names.set(memberId, name)
    this.#ids.set(name, memberId)
    return name
  }

  /** A name that was never given is taken for the id itself. */
  idOf(name: string): string {
    return this.#ids.get(name) ?? name
  }
}
