// The answers of /api/v1, as the contract describes them. Labels are in the language of the request.

export type Day = string // 2026-01-06
export type Moment = string // ISO with offset
export type Certainty = 'V' | 'V-ex' | 'M'
export type Binding = 'direct' | 'reference' | 'local'

export interface Page<T> {
  items: T[]
  next?: string | null
}

export interface Problem {
  where: string
  message: string
  source?: string
  supply?: string
  record?: string
}

export interface Session {
  user: {
    id: string
    name: string
    roles: string[]
    org: { code: string; name: string; level: string; kind: string }
    ledgers: string[] | null
    reads_only: boolean
    counsel: boolean
    second_factor: boolean
    /** False of an account that was only ever opened by a one-time code. */
    has_password?: boolean
    must_change_password: boolean
  }
  csrf: string
  today: Day
  year: number
  mode: 'normal' | 'demo' | 'training' | 'fresh'
  profile: string
  rights: Record<'records' | 'enter' | 'report' | 'county' | 'users' | 'settings' | 'audit', boolean>
}

export interface SessionEntry {
  id: string
  created: Moment
  seen: Moment
  agent: string
  by_code?: boolean
  current: boolean
}

// ---- catalog

export type FieldType =
  | 'text'
  | 'code'
  | 'count'
  | 'number'
  | 'money'
  | 'date'
  | 'moment'
  | 'flag'
  | 'org'
  | 'link'
  | 'file'
  | 'rows'

export interface Field {
  id: string
  type: FieldType
  label: string
  help?: string
  required?: boolean
  many?: boolean
  personal?: boolean
  sealed?: boolean
  derived?: boolean
  by_register?: boolean
  unit?: string
  unit_of?: string
  list?: string
  level?: string
  to?: string[]
  columns?: Field[]
  lines?: number
  width?: number
  format?: 'plain' | 'url' | 'phone' | 'id_card' | 'credit_code' | 'id_or_credit'
  fixed?: boolean
  default?: unknown
}

export interface Gate {
  id: string
  says: string
  blocks: boolean
  source: string
  certainty: Certainty
  binding: Binding
}

export interface Part {
  id: string
  label: string
  day?: string
  access?: string
  fields: Field[]
  gates: Gate[]
}

export interface State {
  id: string
  label: string
  ends?: boolean
}

export interface Transition {
  id: string
  label: string
  from: string[]
  to: string
  role: string
  asks: string[]
  document?: string
  source?: string
  certainty?: Certainty
  gates: Gate[]
}

export interface DeadlineRule {
  id: string
  part?: string
  /** What it counts from and what it ends by, in words. */
  from?: string
  until?: string
  says: string
  binds: string
  source: string
  certainty: Certainty
  delegated?: string
}

export interface Ledger {
  id: string
  label: string
  help?: string
  group: string
  law: string
  unit: string
  access: string
  retention: string
  edition?: Day
  day: string
  place: string
  columns: string[]
  find: string[]
  sort: string
  valid: boolean
  fields: Field[]
  parts: Part[]
  states: State[]
  transitions: Transition[]
  gates: Gate[]
  deadlines: DeadlineRule[]
  documents: { id: string; label: string; kind: string }[]
}

export interface IndicatorInfo {
  id: string
  label: string
  unit: string
  group: string
  ledger: string
  definition: string
  source: string
  by: { id: string; label: string }[]
  percent: boolean
}

export interface ListCode {
  code: string
  label: string
  under?: string
  from?: Day
  to?: Day
}

export interface Law {
  name: string
  number?: string
  in_force?: Day
  certainty?: Certainty
}

export interface Catalog {
  hash: string
  groups: { id: string; label: string }[]
  ledgers: Ledger[]
  indicators: IndicatorInfo[]
  lists: Record<string, ListCode[]>
  roles: Record<string, string>
  outlines: { id: string; label: string }[]
  laws: Record<string, Law>
}

export interface Org {
  code: string
  name: string
  long_name?: string
  level: string
  kind: string
}

// ---- time

export interface DeadlineDay {
  date: Day
  kind: 'start' | 'counted' | 'off' | 'made_up' | 'due'
  n?: number
  why?: string
}

export interface Deadline {
  rule: string
  says: string
  from: Day
  due: Day
  unit: string
  counted: number
  skipped: { date: Day; why: string }[]
  made_up: { date: Day; why: string }[]
  days: DeadlineDay[]
  source: string
  certainty: Certainty
  sum?: string
  estimated?: boolean
}

export type LimitState =
  'running' | 'overdue' | 'met' | 'missed' | 'lapsed' | 'waiting' | 'keeping' | 'recurs'

export interface Limit {
  rule: string
  part?: string
  says: string
  what?: string
  binds: string
  from?: Day
  due: Day
  unextended?: Day
  until?: Day
  state: LimitState
  days_left: number
  estimated: boolean
  source: string
  certainty: Certainty
  binding?: Binding
  sum?: string
  days?: DeadlineDay[]
}

export interface DueItem {
  record: string
  ledger: string
  number: string
  title: string
  org: string
  org_name: string
  limit: Limit
  step?: string
  mine?: boolean
}

/** What comes round: recorded every so often; never recorded yet, it has no day. */
export interface Duty {
  rule: string
  ledger: string
  org: string
  place_name: string
  label: string
  every: string
  last: Day | null
  due: Day | null
  state: 'recurs'
  source: string
  certainty: Certainty
  sum?: string
}

export interface Due {
  items: DueItem[]
  duties: Duty[]
  more?: boolean
  overdue: number
  today: number
  week: number
}

export interface Month {
  month: number
  records: number | null
  zero: boolean
  /** Has not come yet. */
  ahead?: boolean
}

export interface Gap {
  ledger: string
  label: string
  month: number
  /** Nothing recorded, a zero nobody confirmed, or fewer than the rhythm wants. */
  why: 'silent' | 'unconfirmed' | 'rhythm'
  wanted?: number
  found?: number
  rule?: string
  source?: string
  certainty?: Certainty
}

export interface Completeness {
  groups: {
    group: string
    label: string
    months: Month[]
    total: number | null
    unit: string
    last: Day | null
    gaps: Gap[]
  }[]
  ledgers: { ledger: string; months: Month[]; total: number | null; last: Day | null }[]
}

export interface ClockEnd {
  due: Day
  /** The day before which it must be done, as the law says it. */
  before?: Day
  says?: string
  /** The limit in words. */
  what?: string
  days_left: number
  source: string
  certainty: Certainty
}

export interface Clock {
  year: number
  submit: ClockEnd | null
  publish: ClockEnd | null
  report: {
    id: string
    state: string
    state_label?: string
    version?: number
    bound?: number
    stale?: number
    missing?: string[]
  } | null
}

// ---- records

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }
export type Fields = Record<string, Value>

export interface RecordPart {
  id: string
  part: string
  label: string
  day: Day
  fields: Fields
  labels: Record<string, string>
  line_labels?: Record<string, Record<string, string>[]>
  withdrawn: boolean
  actor: string
  at: Moment
}

export interface RecordLink {
  field: string
  ledger: string
  ledger_label?: string
  record: string
  number: string
  label: string
  state?: string
  withdrawn?: boolean
}

export interface RecordFile {
  field: string
  hash: string
  name: string
  bytes: number
  type: string
}

export interface LedgerRecord {
  id: string
  type: string
  number: string
  org: string
  org_name: string
  place: string
  place_name: string
  day: Day
  state: string
  state_label: string
  version: number
  edition: Day
  late: boolean
  withdrawn: boolean
  withdrawn_reason?: string
  forgotten?: boolean
  created_by: string
  recorded_at: Moment
  fields: Fields
  labels: Record<string, string>
  due: { due: Day; days_left: number; state: LimitState; says: string; what?: string } | null
}

export interface FullRecord extends LedgerRecord {
  parts: RecordPart[]
  line_labels?: Record<string, Record<string, string>[]>
  personal_sealed: boolean
  handler: boolean
  /** Accounts it was sent to. */
  handlers?: string[]
  links: RecordLink[]
  backlinks: RecordLink[]
  files: RecordFile[]
}

export interface Receipt {
  record: string
  ledger: string
  number: string
  state: string
  version: number
  repeated: boolean
  late: boolean
  warnings: Problem[]
  part?: string
}

export interface OutlookStep {
  step: string
  label: string
  role: string
  may: boolean
  possible: boolean
  missing: Problem[]
  forbidden: Problem[]
  expected: Problem[]
  exempt: (Problem & { ground?: string })[]
  met: Problem[]
  asks: string[]
}

export interface Outlook {
  steps: OutlookStep[]
  parts: { part: string; label: string }[]
  limits: Limit[]
  done: { action: string; label?: string; at: Moment; actor: string; actor_name?: string }[]
}

export interface Change {
  seq: number
  at: Moment
  actor: string
  actor_name: string
  action: string
  label: string
  from: string
  to: string
  from_label?: string
  to_label?: string
  part?: { kind: string; id: string } | null
  changes: { field: string; label: string; was: string; is: string }[]
  /** Sealed fields changed too. */
  personal?: boolean
  reason?: string
  late: boolean
  warned?: string[]
  extended?: string
}

export interface PlanStep {
  step: string
  label: string
  role: string
  from: string
  beside?: boolean
  asks: string[]
  documents: string[]
  demands: {
    says: string
    source: string
    level: 'block' | 'warn'
    certainty?: Certainty
    binding?: Binding
  }[]
}

export interface PlanLimit {
  rule: string
  from: string
  until?: string
  says: string
  day: Day | null
  assumed: boolean
  estimated: boolean
  binds: string
  source: string
  certainty: Certainty
}

/** What the law would require of a matter that began on a day. */
export interface Plan {
  ledger?: string
  from?: Day
  steps: PlanStep[]
  limits: PlanLimit[]
}

// ---- figures

export type FigureStatus = 'counted' | 'confirmed_zero' | 'no_record' | 'partial' | 'undefined'

export interface Figure {
  id: string
  label: string
  label_en: string
  status: FigureStatus
  value: number | null
  number: string
  unit: string
  topic: string
  group: { dimension: string; code: string; label: string; value: number; unit: string }[]
  numerator: number | null
  denominator: number | null
  numerator_id?: string
  denominator_id?: string
  covered: number
  offices: number
  org: string
  period: { from: Day; to: Day }
  definition: string
  source: string
  last_year: { value: number | null; number: string; status: FigureStatus } | null
  marks: string[]
}

export interface FigureDetail extends Figure {
  months: { month: number; value: number | null; status: FigureStatus; last_year: number | null }[]
  /** By division code; null where a figure is not laid out by place. */
  places:
    { org: string; name: string; value: number | null; number?: string | null; status: FigureStatus }[] | null
  formula: FigureFormula
  /** Records of its ledgers in the period, and how many of them were recorded late. */
  records: number
  late: number
}

export interface FigureFormula {
  way: 'count' | 'sum' | 'distinct' | 'least' | 'total' | 'ratio'
  ledger: string
  over_villages: boolean
  of: { id: string; label: string }[]
}

export interface FigureRecord {
  id: string
  ledger: string
  number: string
  day: Day
  org: string
  org_name: string
  title: string
  role: 'count' | 'numerator' | 'denominator'
  value: number
  late: boolean
  state_label?: string
  labels: Record<string, string>
}

// ---- reports

export interface ReportFigure {
  /** Empty of a bare number. */
  indicator: string
  kind?: 'value' | 'group' | 'change' | 'zero' | 'word' | 'names'
  dimension?: string
  group?: string
  label: string
  unit: string
  seen: string
  /** Empty while there is no value, or a zero nobody has confirmed. */
  now: string
  now_unit?: string
  status: 'fresh' | 'stale' | 'zero' | 'bare' | 'sealed'
  records: number
  period: string
}

export interface Run {
  text: string
  /** Code points of the block's words, without its own number. */
  start: number
  end: number
  figure?: ReportFigure
  kept?: { reason: string; by: string }
}

export interface Block {
  id: string
  kind: 'title' | 'addressee' | 'heading' | 'paragraph' | 'point' | 'signature' | 'date' | 'missing'
  level: number
  number: string
  /** Of a missing part: the report may not be handed in without it. */
  required?: boolean
  sentences: {
    id: string
    text: string
    edited: boolean
    edited_by?: string
    authors: string[]
    records?: { record: string; ledger: string; number: string }[]
    runs: Run[]
  }[]
}

export interface Finding {
  id: string
  n?: number
  rule: string
  severity: 'error' | 'warning' | 'note'
  block?: string
  line?: number
  start: number
  end: number
  excerpt: string
  message: string
  suggestion: string
  label?: string
  figure?: string
}

export interface Report {
  record: string
  org: string
  org_name: string
  year: number
  outline: string
  period?: string
  state: string
  state_label: string
  record_version?: number
  /** Handed on: the numbers keep their values and nothing is edited. */
  sealed: boolean
  /** This person may edit it now. */
  writable: boolean
  version: number
  versions: { version: number; at: Moment; actor: string; note: string; block?: string }[]
  date?: Day | null
  number: string
  signer: string
  addressee: string
  issuer: string
  title: string
  blocks: Block[]
  missing: {
    kind: string
    required: boolean
    where: string
    label: string
    message: string
    source?: string
  }[]
  unsaid: { indicator: string; label: string; value: string; block: string }[]
  findings: Finding[]
  stale: number
  bare: number
  bound: number
  remarks: {
    id: string
    block: string
    run?: number
    words?: string
    text: string
    by: string
    at: Moment
    open: boolean
    answer?: string
    answered_on?: Day
  }[]
  /** What a new draft says where somebody wrote. */
  offers?: { block: string; sentences: { text: string }[] | string[] }[]
}

export interface ReportItem {
  record: string
  org: string
  org_name: string
  year: number
  state: string
  state_label: string
  version: number
  saved: Moment | null
  title: string
}

// ---- checks, county, jobs, administration

export interface CountyTown {
  org: string
  name: string
  stage: string
  since: Day | null
  days: number | null
  record: string | null
  late: boolean
  errors: number | null
  stale: number | null
  figures: number | null
  chased: Day | null
  state_label?: string | null
  last?: Day | null
  months?: Month[]
  gaps?: number
}

export interface County {
  org: string
  name: string
  year: number
  stages: string[]
  clock: Clock
  towns: CountyTown[]
  sums: Figure[]
  counts: Record<string, number>
}

export interface Job<T = unknown> {
  id: string
  kind: string
  state: 'waiting' | 'running' | 'done' | 'failed'
  fraction: number
  note: string
  result?: T
  error?: { code: string; message: string; problems?: Problem[] }
}

export interface ImportResult {
  batch: string
  rows: number
  taken: number
  repeated: number
  rejected: number
  problems: Problem[]
  notes: string[]
  rejects_url?: string
}

export interface SearchHit {
  record: string
  ledger: string
  org: string
  day: Day
  title: string
}
