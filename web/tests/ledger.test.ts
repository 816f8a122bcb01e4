import { describe, expect, it } from 'vitest'
import type { Field, Ledger } from '@/api/types'
import { chosenColumns, possibleColumns, shortDay, toneOf, usualColumns } from '@/ledger/columns'
import { askOf, isWhole, noFilter, readFilter, sameFilter, writeFilter } from '@/ledger/filters'
import { faultyRows, goodRows, groupByColumn, parseCell, rowsInShort } from '@/ledger/importing'
import { periodChoices, readPeriod } from '@/ledger/periods'
import { ViewShelf } from '@/ledger/views'

const field = (id: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  id,
  type,
  label: id,
  ...more,
})
const ledger = {
  id: 'dispute',
  columns: ['found_on', 'kind', '@state'],
  day: 'found_on',
  place: 'village',
  states: [
    { id: 'found', label: 'Found' },
    { id: 'closed', label: 'Closed', ends: true },
  ],
  deadlines: [{ id: 'D' }],
  find: [],
  transitions: [],
  parts: [],
  fields: [
    field('found_on', 'date'),
    field('kind', 'code'),
    field('village', 'org'),
    field('amount', 'money'),
    field('parties', 'rows', { personal: true }),
    field('paper', 'file'),
    field('facts', 'text', { personal: true }),
  ],
} as unknown as Ledger

describe('columns', () => {
  it('leaves personal fields, papers and lines out', () => {
    expect(possibleColumns(ledger)).not.toEqual(expect.arrayContaining(['parties']))
    for (const id of ['parties', 'paper', 'facts']) expect(possibleColumns(ledger)).not.toContain(id)
  })
  it('puts the number first and the due day last', () => {
    expect(usualColumns(ledger)).toEqual(['@number', 'found_on', 'kind', '@state', '@due'])
    expect(usualColumns({ ...ledger, deadlines: [] })).toEqual(['@number', 'found_on', 'kind', '@state'])
  })
  it('keeps what was chosen as far as the catalog has it', () => {
    expect(chosenColumns(ledger, ['gone', 'amount', '@number']).map((c) => c.id)).toEqual([
      '@number',
      'amount',
    ])
    expect(chosenColumns(ledger, ['parties']).map((c) => c.id)).toEqual(usualColumns(ledger))
    expect(chosenColumns(ledger, ['amount']).at(-1)?.right).toBe(true)
  })
  it('writes days of the year in view without it', () => {
    expect(shortDay('2025-12-31', 2025)).toBe('12-31')
    expect(shortDay('2024-12-31', 2025)).toBe('2024-12-31')
    expect(toneOf('yellow')).toBe('h')
    expect(toneOf('land')).toBeUndefined()
  })
})

describe('filters', () => {
  const filter = {
    ...noFilter(),
    period: '2025-03',
    states: ['found'],
    where: { kind: ['land', 'house'] },
    q: '石坪',
    late: true,
  }
  it('live in the address and come back the same', () => {
    const query = writeFilter(filter)
    expect(query).toEqual({ period: '2025-03', state: 'found', 'f.kind': 'land,house', q: '石坪', late: '1' })
    expect(sameFilter(readFilter(query as Record<string, string>), filter)).toBe(true)
  })
  it('take the month of other pages as a period', () =>
    expect(readFilter({ month: '2025-07' }).period).toBe('2025-07'))
  it('ask the server in its own words', () => {
    expect(askOf(filter, 2025)).toMatchObject({
      period: '2025-03',
      state: 'found',
      where: ['kind=land|house'],
      late: 1,
    })
    expect(askOf(noFilter(), 2025).period).toBe('2025')
    expect(askOf({ ...noFilter(), period: 'all' }, 2025).period).toBeUndefined()
  })
  it('know a whole period from a narrowed list', () => {
    expect(isWhole({ ...noFilter(), period: '2025-03' })).toBe(true)
    expect(isWhole(filter)).toBe(false)
  })
})

describe('periods', () => {
  it('offers the year, its quarters and months, years before and all', () => {
    const values = periodChoices(2025).map((c) => c.value)
    expect(values).toHaveLength(1 + 4 + 12 + 2 + 1)
    expect(values).toEqual(expect.arrayContaining(['', '2025-Q4', '2025-12', '2024', 'all']))
  })
  it('reads what an address says', () => {
    expect(readPeriod('2025-Q3', 2025)).toMatchObject({ kind: 'quarter', n: 3 })
    expect(readPeriod('2025-01..2025-06', 2025)).toBeNull()
  })
})

describe('saved views', () => {
  const store = () => {
    const kept = new Map<string, string>()
    return {
      getItem: (k: string) => kept.get(k) ?? null,
      setItem: (k: string, v: string) => void kept.set(k, v),
    }
  }
  it('are kept for one person and ledger, the newer of a name instead of the older', () => {
    const at = store()
    const shelf = new ViewShelf('sfs01', at)
    shelf.save('dispute', { id: '1', name: '石坪', filter: { ...noFilter(), q: 'a' } })
    shelf.save('dispute', { id: '2', name: '石坪', filter: { ...noFilter(), q: 'b' } })
    expect(shelf.views('dispute').map((v) => v.filter.q)).toEqual(['b'])
    expect(shelf.views('petition')).toEqual([])
    expect(new ViewShelf('other', at).views('dispute')).toEqual([])
    expect(shelf.drop('dispute', '2')).toEqual([])
  })
  it('survive a shelf that cannot be read', () => {
    expect(new ViewShelf('x', { getItem: () => '{broken', setItem: () => {} }).views('dispute')).toEqual([])
  })
  it('forgets columns on demand', () => {
    const shelf = new ViewShelf('sfs01', store())
    shelf.keepColumns('dispute', ['@number', 'kind'])
    expect(shelf.columns('dispute')).toEqual(['@number', 'kind'])
    shelf.keepColumns('dispute', null)
    expect(shelf.columns('dispute')).toBeNull()
  })
})

describe('faults of an import', () => {
  it('reads addresses of cells', () => {
    expect(parseCell('Sheet1!B17')).toEqual({ sheet: 'Sheet1', column: 'B', row: 17 })
    expect(parseCell('AA3')).toEqual({ sheet: '', column: 'AA', row: 3 })
    expect(parseCell('Sheet1!9')).toEqual({ sheet: 'Sheet1', column: '', row: 9 })
    expect(parseCell('')).toBeNull()
  })
  it('groups by column in the order of the sheet, the same message once', () => {
    const problems = [
      { where: 'S!AA2', message: 'x' },
      { where: 'S!B9', message: 'no code' },
      { where: 'S!B5', message: 'no code' },
      { where: 'S!B6', message: 'late' },
      { where: '', message: 'head' },
    ]
    const groups = groupByColumn(problems)
    expect(groups.map((g) => g.column)).toEqual(['', 'B', 'AA'])
    expect(groups[1]).toMatchObject({ count: 3 })
    expect(groups[1]!.said[0]!.cells.map((c) => c.row)).toEqual([5, 9])
    expect(faultyRows(problems)).toBe(4)
  })
  it('tells what a judged sheet would give', () => {
    const judged = { rows: 40, taken: 0, repeated: 4, rejected: 6 }
    expect(goodRows(judged)).toBe(30)
    expect(goodRows({ ...judged, taken: 29 })).toBe(29)
    expect(goodRows({ ...judged, refused: true })).toBe(0)
  })
  it('says rows in short', () => {
    expect(rowsInShort([3, 5, 6, 7, 12])).toBe('3、5–7、12')
    expect(rowsInShort([5, 6])).toBe('5、6')
    expect(rowsInShort([0, 0])).toBe('')
  })
})
