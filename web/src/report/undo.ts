/** Steps back and forth within one paragraph. Typing in one go is one step. */
export class Undo<T> {
  private past: T[] = []
  private future: T[] = []
  private last = { kind: '', at: 0 }

  constructor(
    private now: T,
    private readonly pause = 900,
    private readonly most = 200,
  ) {}

  get present(): T {
    return this.now
  }

  /** Notes what is now; `kind` tells typing from deleting from the rest, which is always a step of its own. */
  note(next: T, kind: 'type' | 'delete' | 'step', at: number): void {
    const joins = kind !== 'step' && kind === this.last.kind && at - this.last.at < this.pause
    if (!joins) this.past.push(this.now)
    if (this.past.length > this.most) this.past.shift()
    this.now = next
    this.future = []
    this.last = { kind, at }
  }

  undo(): T | null {
    const back = this.past.pop()
    if (back === undefined) return null
    this.future.push(this.now)
    this.last = { kind: '', at: 0 }
    return (this.now = back)
  }

  redo(): T | null {
    const next = this.future.pop()
    if (next === undefined) return null
    this.past.push(this.now)
    this.last = { kind: '', at: 0 }
    return (this.now = next)
  }
}
