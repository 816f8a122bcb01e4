import type { Day, Field, Fields, FullRecord, Ledger, Limit, RecordPart } from '@/api/types'

export interface Bar {
  from: Day
  to: Day
  /** old: an earlier attempt; run: goes on until today; left: time still to run. */
  kind: 'done' | 'old' | 'run' | 'left' | 'thin'
  text: string
}

export interface Point {
  day: Day
  /** solid happened, open is planned or due, red is past due. */
  kind: 'solid' | 'open' | 'red'
}

export interface Lane {
  id: string
  label: string
  kind: 'part' | 'record' | 'limit'
  bars: Bar[]
  points: (Point & { text?: string })[]
  status: 'ok' | 'wait' | 'stop' | 'none'
  note: string
  from: Day | null
  to: Day | null
  /** Where a click leads: the parts shown, or the record. */
  parts: RecordPart[]
  record?: string
}

const day = (v: unknown): Day | null =>
  typeof v === 'string' && /^\d{4}-\d{2}-\d{2}/.test(v) ? v.slice(0, 10) : null

/** The days among the fields, in their order of time. */
export function daysOf(fields: readonly Field[], values: Fields): Day[] {
  return fields
    .filter((f) => f.type === 'date' || f.type === 'moment')
    .flatMap((f) => day(values[f.id]) ?? [])
    .sort()
}

/** What a part came to: its codes in words, what it counted. */
function outcome(fields: readonly Field[], values: Fields, labels: Record<string, string>): string {
  const code = fields.filter((f) => f.type === 'code' && labels[f.id]).at(-1)
  if (code) return labels[code.id]!
  const rows = fields.find((f) => f.type === 'rows' && Array.isArray(values[f.id]))
  if (rows) return `${rows.label} ${(values[rows.id] as unknown[]).length}`
  const count = fields.find((f) => f.type === 'count' && values[f.id] !== undefined)
  return count ? `${count.label} ${String(values[count.id])}${count.unit ?? ''}` : ''
}
/** Counts told within a bar: 收到意见 26　采纳意见 11. */
function counts(fields: readonly Field[], values: Fields): string {
  return fields
    .filter((f) => f.type === 'count' && typeof values[f.id] === 'number')
    .map((f) => `${f.label} ${String(values[f.id])}`)
    .slice(0, 2)
    .join('　')
}

function barsOf(from: Day, to: Day, today: Day, text: string): Bar[] {
  if (from > today) return [{ from, to, kind: 'left', text }]
  if (to <= today) return from === to ? [] : [{ from, to, kind: 'done', text }]
  return [
    { from, to: today, kind: 'run', text },
    { from: today, to, kind: 'left', text: '' },
  ]
}

/** One lane a kind of part: every one of them a bar, its day a diamond. */
export function partLane(
  ledger: Ledger,
  kind: string,
  record: FullRecord,
  limits: readonly Limit[],
  today: Day,
): Lane {
  const part = ledger.parts.find((p) => p.id === kind)
  const fields = part?.fields ?? []
  const own = record.parts.filter((p) => p.part === kind && !p.withdrawn)
  const lane: Lane = {
    id: kind,
    label: part?.label ?? kind,
    kind: 'part',
    bars: [],
    points: [],
    status: own.length ? 'ok' : 'none',
    note: '',
    from: null,
    to: null,
    parts: own,
  }
  for (const [i, one] of own.entries()) {
    const days = daysOf(fields, one.fields)
    const main = day(one.day) ?? days.at(-1) ?? day(one.at)
    if (!main) continue
    const from = days[0] ?? main
    const limit = limits.find((l) => l.part === kind && (l.state === 'running' || l.state === 'overdue'))
    const to = [days.at(-1) ?? main, i === own.length - 1 && limit ? limit.due : ''].sort().at(-1)!
    const bars = barsOf(from, to, today, counts(fields, one.fields))
    lane.bars.push(...(i < own.length - 1 ? bars.map((b) => ({ ...b, kind: 'old' as const })) : bars))
    const happened = days.at(-1) ?? main
    lane.points.push({ day: happened, kind: happened > today ? 'open' : 'solid' })
    if (!lane.from || from < lane.from) lane.from = from
    if (!lane.to || to > lane.to) lane.to = to
  }
  const last = own.at(-1)
  if (last) lane.note = outcome(fields, last.fields, last.labels)
  return lane
}

/** A matter of another ledger that hangs on this one: a review, a publication check. */
export function recordLane(ledger: Ledger, record: FullRecord, limits: readonly Limit[], today: Day): Lane {
  const ends = ledger.states.find((s) => s.id === record.state)?.ends ?? false
  const days = daysOf(ledger.fields, record.fields).filter((d) => d >= record.day)
  const limit = limits.find((l) => l.state === 'running' || l.state === 'overdue')
  const open = !ends && !record.withdrawn
  const to = [days.at(-1) ?? record.day, open ? (limit?.due ?? today) : ''].sort().at(-1)!
  return {
    id: record.id,
    label: ledger.label,
    kind: 'record',
    record: record.id,
    parts: [],
    bars: barsOf(record.day, to, today, record.number),
    points: ends ? [{ day: to, kind: 'solid' }] : [],
    status: ends ? 'ok' : 'wait',
    note: record.state_label,
    from: record.day,
    to,
  }
}

/** Lanes of one ledger's records become one lane: the earlier ones outlined, the last one full. */
export function merge(lanes: readonly Lane[]): Lane[] {
  const made: Lane[] = []
  for (const lane of lanes) {
    const known = made.find((m) => m.kind === 'record' && lane.kind === 'record' && m.label === lane.label)
    if (!known) {
      made.push({ ...lane })
      continue
    }
    // An attempt of one day has no bar to outline: its diamond stays.
    known.points = [...(known.bars.length ? [] : known.points), ...lane.points]
    known.bars = [...known.bars.map((b) => ({ ...b, kind: 'old' as const })), ...lane.bars]
    known.to = [known.to ?? '', lane.to ?? ''].sort().at(-1)!
    Object.assign(known, { id: lane.id, record: lane.record, status: lane.status, note: lane.note })
  }
  return made
}

export interface Band {
  parallel: boolean
  lanes: Lane[]
}

/** Parts by time, those that run at the same time on one band; then what hangs on the matter, then what is to come. */
export function bandsOf(lanes: readonly Lane[]): Band[] {
  const byTime = (a: Lane, b: Lane) => a.from!.localeCompare(b.from!)
  const dated = lanes.filter((l) => l.from)
  const bands: Band[] = []
  let end = ''
  for (const lane of dated.filter((l) => l.kind === 'part').sort(byTime)) {
    const last = bands.at(-1)
    if (last && lane.from! <= end) {
      last.lanes.push(lane)
      last.parallel = true
    } else {
      bands.push({ parallel: false, lanes: [lane] })
    }
    end = [end, lane.to ?? lane.from!].sort().at(-1)!
  }
  for (const kind of ['record', 'limit'] as const)
    bands.push(
      ...dated
        .filter((l) => l.kind === kind)
        .sort(byTime)
        .map((l) => ({ parallel: false, lanes: [l] })),
    )
  const rest = lanes.filter((l) => !l.from)
  if (rest.length) bands.push({ parallel: false, lanes: rest })
  return bands
}
