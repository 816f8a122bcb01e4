import { describe, expect, it } from 'vitest'
import type { FullRecord, Ledger, Limit, OutlookStep } from '@/api/types'
import { makeAxis } from '@/matter/axis'
import { answerOf } from '@/matter/gates'
import { bandsOf, merge, partLane, recordLane } from '@/matter/lanes'
import { pathOf, reachedBy } from '@/matter/path'

describe('the time axis', () => {
  it('runs from the first day to behind the last, today among them', () => {
    const axis = makeAxis(['2025-11-10', '2026-01-09'], '2026-01-06')
    expect(axis.from).toBe('2025-11-10')
    expect(axis.to > '2026-01-09').toBe(true)
    expect(axis.at('2025-11-10')).toBe(0)
    expect(axis.at('2026-01-06')).toBeGreaterThan(axis.at('2025-12-24'))
    expect(axis.at('2030-01-01')).toBe(100)
  })
  it('has about a dozen ticks at most, whatever the span', () => {
    for (const to of [
      '2025-01-02',
      '2025-01-20',
      '2025-03-01',
      '2025-06-01',
      '2025-12-31',
      '2027-06-01',
      '2032-01-01',
    ]) {
      const n = makeAxis(['2025-01-01', to]).ticks.length
      expect(n).toBeGreaterThan(1)
      expect(n).toBeLessThanOrEqual(15)
    }
  })
  it('marks the first tick of a month', () => {
    const marked = makeAxis(['2025-11-10', '2026-01-09']).ticks.filter((k) => k.month)
    expect(marked.map((k) => k.day.slice(0, 7))).toEqual(['2025-11', '2025-12', '2026-01'])
  })
})

const ledger = {
  id: 'major_decision',
  label: 'Decision',
  states: ['started', 'drafting', 'decided', 'published', 'suspended', 'archived', 'dropped'].map((id) => ({
    id,
    label: id,
    ends: ['archived', 'dropped'].includes(id),
  })),
  course: ['started', 'drafting', 'decided', 'published', 'archived'],
  transitions: [
    { id: 'open', from: [], to: 'started' },
    { id: 'draft', from: ['started'], to: 'drafting', role: 'clerk' },
    { id: 'decide', from: ['drafting'], to: 'decided', role: 'head' },
    { id: 'publish', from: ['decided'], to: 'published', role: 'clerk' },
    { id: 'archive', from: ['decided', 'published'], to: 'archived', role: 'archivist' },
    { id: 'suspend', from: ['published'], to: 'suspended' },
    { id: 'resume', from: ['suspended'], to: 'published', role: 'head' },
    { id: 'drop', from: [], to: 'dropped' },
  ],
  parts: [
    {
      id: 'hearing',
      label: 'Hearing',
      day: 'held_on',
      gates: [],
      fields: [
        { id: 'sent_on', type: 'date', label: '' },
        { id: 'held_on', type: 'date', label: '' },
      ],
    },
    {
      id: 'risk',
      label: 'Risk',
      day: 'on',
      gates: [],
      fields: [
        { id: 'on', type: 'date', label: '' },
        { id: 'level', type: 'code', label: '' },
      ],
    },
  ],
  fields: [
    { id: 'issued_on', type: 'date', label: 'Issued' },
    { id: 'note', type: 'file', label: 'Note' },
  ],
  gates: [],
} as unknown as Ledger

describe('the way through the states', () => {
  it('goes by what was reached, then the usual way to the end', () => {
    const way = pathOf(ledger, 'drafting', [
      { state: 'started', at: '2025-11-10' },
      { state: 'drafting', at: '2025-11-12' },
    ])
    expect(way.map((s) => `${s.state}:${s.status}`)).toEqual([
      'started:done',
      'drafting:now',
      'decided:ahead',
      'published:ahead',
      'archived:ahead',
    ])
    expect(way[2]!.role).toBe('head')
  })
  it('ends where the matter ended', () => {
    expect(
      pathOf(ledger, 'dropped', [
        { state: 'started', at: 'a' },
        { state: 'dropped', at: 'b' },
      ]).map((s) => s.state),
    ).toEqual(['started', 'dropped'])
  })
  it('goes back to the course from beside it', () => {
    const way = pathOf(ledger, 'suspended', [
      { state: 'published', at: 'a' },
      { state: 'suspended', at: 'b' },
    ])
    expect(way.map((s) => `${s.state}:${s.status}`)).toEqual([
      'published:done',
      'suspended:now',
      'published:ahead',
      'archived:ahead',
    ])
    expect(way[2]!.role).toBe('head')
  })
  it('shows nothing ahead where the catalog tells no course', () => {
    const untold = { ...ledger, course: [] } as unknown as Ledger
    expect(pathOf(untold, 'drafting', [{ state: 'drafting', at: 'a' }]).map((s) => s.status)).toEqual(['now'])
  })
  it('takes the act’s own day, and none for steps entered together', () => {
    const dated = {
      ...ledger,
      fields: [{ id: 'decided_on', type: 'date' }],
      transitions: [
        { id: 'draft', from: ['started'], to: 'drafting', asks: [] },
        { id: 'decide', from: ['drafting'], to: 'decided', asks: ['decided_on'] },
      ],
    } as unknown as Ledger
    const at = '2026-03-01T10:00:00+08:00'
    const all = [
      { from: 'started', to: 'drafting', at },
      { from: 'drafting', to: 'decided', at },
    ]
    expect(reachedBy(dated, { decided_on: '2025-04-25' }, all).map((r) => r.at)).toEqual(['', '2025-04-25'])
    expect(reachedBy(dated, {}, all.slice(0, 1)).map((r) => r.at)).toEqual([at])
  })
  it('forgets what was gone back from', () => {
    const way = pathOf(ledger, 'published', [
      { state: 'published', at: 'a' },
      { state: 'suspended', at: 'b' },
      { state: 'published', at: 'c' },
    ])
    expect(way.map((s) => s.state)).toEqual(['published', 'archived'])
  })
})

const part = (kind: string, day: string, fields: Record<string, string>, labels = {}) => ({
  id: day,
  part: kind,
  label: '',
  day,
  fields,
  labels,
  withdrawn: false,
  actor: '',
  at: `${day}T09:00:00+08:00`,
})
const record = (parts: object[], more = {}) =>
  ({
    id: 'r',
    type: 'major_decision',
    number: '3',
    day: '2025-11-10',
    state: 'drafting',
    state_label: 'drafting',
    withdrawn: false,
    fields: {},
    labels: {},
    parts,
    ...more,
  }) as unknown as FullRecord
const today = '2026-01-06'

describe('tracks', () => {
  const hearing = partLane(
    ledger,
    'hearing',
    record([part('hearing', '2025-12-24', { sent_on: '2025-12-15', held_on: '2025-12-24' })]),
    [],
    today,
  )
  it('draw a part from its first day to its last', () => {
    expect(hearing.bars).toMatchObject([{ from: '2025-12-15', to: '2025-12-24', kind: 'done' }])
    expect(hearing.points).toMatchObject([{ day: '2025-12-24', kind: 'solid' }])
    expect(hearing.status).toBe('ok')
  })
  it('leave out what was withdrawn, and know what was not begun', () => {
    const gone = partLane(
      ledger,
      'hearing',
      record([{ ...part('hearing', '2025-12-24', {}), withdrawn: true }]),
      [],
      today,
    )
    expect(gone).toMatchObject({ status: 'none', from: null, bars: [] })
  })
  it('outline earlier attempts', () => {
    const twice = partLane(
      ledger,
      'hearing',
      record([
        part('hearing', '2025-12-24', { sent_on: '2025-12-15', held_on: '2025-12-24' }),
        part('hearing', '2026-01-20', { sent_on: '2026-01-02', held_on: '2026-01-20' }),
      ]),
      [],
      today,
    )
    expect(twice.bars.map((b) => b.kind)).toEqual(['old', 'run', 'left'])
    expect(twice.points.at(-1)?.kind).toBe('open')
  })
  it('draw a matter that hangs here until its limit, hatched behind today', () => {
    const limit = { rule: 'L', due: '2026-01-09', state: 'running', days_left: 3 } as Limit
    const lane = recordLane(ledger, record([], { day: '2025-12-30' }), [limit], today)
    expect(lane.bars).toMatchObject([
      { from: '2025-12-30', to: today, kind: 'run' },
      { from: today, to: '2026-01-09', kind: 'left' },
    ])
    const first = recordLane(
      ledger,
      record([], { id: 'q', state: 'archived', day: '2025-12-12', fields: { issued_on: '2025-12-23' } }),
      [],
      today,
    )
    expect(merge([first, lane])).toHaveLength(1)
    expect(merge([first, lane])[0]!.bars.map((b) => b.kind)).toEqual(['old', 'run', 'left'])
  })
  it('put on one band what runs at the same time, then what hangs on it, then what was not begun', () => {
    const risk = partLane(
      ledger,
      'risk',
      record([part('risk', '2025-12-19', { on: '2025-12-19' }, { level: 'low' })]),
      [],
      today,
    )
    const later = { ...risk, id: 'later', from: '2026-01-02', to: '2026-01-02' }
    const none = { ...risk, id: 'none', from: null, to: null }
    const bands = bandsOf([none, later, risk, hearing])
    expect(bands.map((b) => [b.parallel, b.lanes.map((l) => l.id)])).toEqual([
      [true, ['hearing', 'risk']],
      [false, ['later']],
      [false, ['none']],
    ])
    expect(risk.note).toBe('low')
  })
})

describe('what answers a gate', () => {
  const step = { step: 'decide', asks: ['decided_on'] } as OutlookStep
  const gate = (field: string) => ({ id: 'g', status: 'warn' as const, source: '', says: '', field })
  it('is a part, the step itself, or a field of the record', () => {
    expect(answerOf(ledger, step, gate('hearing'))).toMatchObject({ kind: 'part', part: 'hearing' })
    expect(answerOf(ledger, step, gate('decided_on'))).toEqual({ kind: 'step' })
    expect(answerOf(ledger, step, gate('note'))).toMatchObject({ kind: 'field', field: 'note' })
    expect(answerOf(ledger, step, gate('reviews'))).toBeNull()
    expect(answerOf(ledger, step, { ...gate('hearing'), status: 'ok' })).toBeNull()
  })
})
