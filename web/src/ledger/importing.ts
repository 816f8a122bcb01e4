import type { Problem } from '@/api/types'

/** A cell as a spreadsheet names it: Sheet1!B17. */
export interface Cell {
  sheet: string
  column: string
  row: number
}

export function parseCell(where: string): Cell | null {
  const found = /^(?:(.*)!)?\$?([A-Z]{1,3})\$?(\d+)$/.exec(where.trim())
  if (found) return { sheet: found[1] ?? '', column: found[2]!, row: Number(found[3]) }
  const row = /^(?:(.*)!)?(\d+)$/.exec(where.trim())
  return row ? { sheet: row[1] ?? '', column: '', row: Number(row[2]) } : null
}

/** A is 1, Z 26, AA 27; of no column 0, so that whole rows come first. */
export const columnNumber = (column: string): number =>
  [...column].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0)

export interface SaidOfCells {
  message: string
  source?: string
  cells: { where: string; row: number }[]
}

export interface ColumnProblems {
  /** '' of what stands at no cell. */
  column: string
  sheet: string
  count: number
  said: SaidOfCells[]
}

/** Problems by column, in each the same message once with its cells: what is wrong the same way is mended in one go. */
export function groupByColumn(problems: readonly Problem[]): ColumnProblems[] {
  const groups = new Map<string, ColumnProblems>()
  for (const problem of problems) {
    const cell = parseCell(problem.where)
    const column = cell?.column ?? ''
    const sheet = cell?.sheet ?? ''
    const group = groups.get(`${sheet}!${column}`) ?? { column, sheet, count: 0, said: [] }
    groups.set(`${sheet}!${column}`, group)
    group.count++
    const known = group.said.find((s) => s.message === problem.message && s.source === problem.source)
    const at = { where: problem.where, row: cell?.row ?? 0 }
    if (known) known.cells.push(at)
    else group.said.push({ message: problem.message, source: problem.source, cells: [at] })
  }
  const sorted = [...groups.values()].sort(
    (a, b) => a.sheet.localeCompare(b.sheet) || columnNumber(a.column) - columnNumber(b.column),
  )
  for (const group of sorted) {
    for (const said of group.said) said.cells.sort((a, b) => a.row - b.row)
    group.said.sort((a, b) => b.cells.length - a.cells.length)
  }
  return sorted
}

/** Rows in short: 3、5–8、12. */
export function rowsInShort(rows: readonly number[], comma = '、'): string {
  const sorted = [...new Set(rows)].filter(Boolean).sort((a, b) => a - b)
  const runs: string[] = []
  for (let i = 0; i < sorted.length;) {
    let end = i
    while (sorted[end + 1] === sorted[end]! + 1) end++
    runs.push(end - i > 1 ? `${sorted[i]}–${sorted[end]}` : sorted.slice(i, end + 1).join(comma))
    i = end + 1
  }
  return runs.join(comma)
}

/** Rows a judged sheet would give: a dry run takes none, so what is left of the rows is told. */
export const goodRows = (r: {
  rows: number
  taken: number
  repeated: number
  rejected: number
  refused?: boolean
}): number => (r.refused ? 0 : r.taken || Math.max(0, r.rows - r.repeated - r.rejected))

/** How many rows have a fault at all. */
export const faultyRows = (problems: readonly Problem[]): number =>
  new Set(
    problems
      .map((p) => parseCell(p.where))
      .filter((c) => c?.row)
      .map((c) => `${c!.sheet}!${c!.row}`),
  ).size
