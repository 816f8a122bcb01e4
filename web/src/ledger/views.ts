import { noFilter, sameFilter, type ListFilter } from './filters'

/** A list as somebody wants to find it again: what it is narrowed to, and its columns. */
export interface SavedView {
  id: string
  name: string
  filter: ListFilter
  columns?: string[]
}

interface Shelf {
  views: Record<string, SavedView[]>
  columns: Record<string, string[]>
}

/** Kept on this machine for one person; nothing of a record's content is in it. */
export class ViewShelf {
  private readonly name: string

  constructor(
    user: string,
    private readonly store: Pick<Storage, 'getItem' | 'setItem'> = localStorage,
  ) {
    this.name = `yifa.views.${user}`
  }

  private read(): Shelf {
    try {
      const kept = JSON.parse(this.store.getItem(this.name) ?? '{}') as Partial<Shelf>
      return { views: kept.views ?? {}, columns: kept.columns ?? {} }
    } catch {
      return { views: {}, columns: {} }
    }
  }

  private write(shelf: Shelf): void {
    this.store.setItem(this.name, JSON.stringify(shelf))
  }

  views(ledger: string): SavedView[] {
    return (this.read().views[ledger] ?? []).map((v) => ({ ...v, filter: { ...noFilter(), ...v.filter } }))
  }

  /** A view of the same name is replaced: one means the newer. */
  save(ledger: string, view: SavedView): SavedView[] {
    const shelf = this.read()
    const others = (shelf.views[ledger] ?? []).filter((v) => v.name !== view.name && v.id !== view.id)
    shelf.views[ledger] = [...others, view]
    this.write(shelf)
    return this.views(ledger)
  }

  drop(ledger: string, id: string): SavedView[] {
    const shelf = this.read()
    shelf.views[ledger] = (shelf.views[ledger] ?? []).filter((v) => v.id !== id)
    this.write(shelf)
    return this.views(ledger)
  }

  columns(ledger: string): string[] | null {
    return this.read().columns[ledger] ?? null
  }

  /** null: the catalog's own again. */
  keepColumns(ledger: string, columns: string[] | null): void {
    const shelf = this.read()
    if (columns) shelf.columns[ledger] = columns
    else delete shelf.columns[ledger]
    this.write(shelf)
  }
}

export const viewOf = (views: readonly SavedView[], filter: ListFilter): SavedView | undefined =>
  views.find((v) => sameFilter(v.filter, filter))
