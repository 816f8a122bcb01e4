// The names the pages use for the shapes of /api/v1. The shapes themselves are made of docs/schema/api.json
// (shapes.ts); here stands only what a JSON schema cannot say. Labels are in the language of the request.
import type { components } from './shapes'

type Shapes = components['schemas']
type One<List> = List extends { items: (infer Item)[] } ? Item : never
/** A record's fields are values, not just anything. */
type WithFields<Shape> = Omit<Shape, 'fields'> & { fields: Fields }

export type Day = Shapes['Day'] // 2026-01-06
export type Moment = Shapes['Moment'] // ISO with offset
export type Certainty = Shapes['Certainty']
export type Binding = Shapes['Gate']['binding']

export interface Page<T> {
  items: T[]
  next?: string | null
}

/** One thing that is wrong, and where. */
export type Problem = Shapes['Fault']

export type SessionEntry = One<Shapes['SessionList']>
/** `fresh` is told by an error's body while nobody has an account. */
export type Session = Omit<Shapes['Session'], 'mode'> & { mode: Shapes['Session']['mode'] | 'fresh' }

// ---- catalog

export type FieldType = Shapes['Field']['type']
/** Pages make some of their own (a day, an office): these name only what they need. */
export type Field = Partial<Shapes['Field']> &
  Pick<Shapes['Field'], 'id' | 'type' | 'label'> & {
    /** A step asks for it: no answer is not a no. */
    asked?: boolean
  }
export type Gate = Shapes['Gate']
export type Part = Shapes['Part']
export type Transition = Shapes['Step']
export type DeadlineRule = Shapes['LimitRule']
export type Ledger = Shapes['Ledger']
export type State = Ledger['states'][number]
export type IndicatorInfo = Shapes['Indicator']
export type Catalog = Shapes['Catalog']
export type ListCode = Catalog['lists'][string][number]
export type Law = Catalog['laws'][string]
export type Org = Shapes['Org']

// ---- time

export type DeadlineDay = Shapes['LimitDay']
export type Deadline = Shapes['Deadline']
export type LimitState = Shapes['LimitState']
/** With its days where it is laid out. */
export type Limit = Shapes['Limit'] & { days?: DeadlineDay[] }
/** A limit with its arithmetic in words, which the pages put together; of a duty that comes round it `recurs`. */
export type ToldLimit = Omit<Partial<Limit>, 'state'> &
  Pick<Limit, 'says' | 'source' | 'certainty'> & {
    sum?: string
    binding?: Binding
    state?: LimitState | 'recurs'
  }
export type Due = Shapes['DueList']
export type DueItem = One<Due>
/** What comes round: recorded every so often; never recorded yet, it has no day. */
export type Duty = Shapes['Duty']
export type Month = Shapes['Months'][number]
export type Gap = Shapes['Gap']
export type Completeness = Shapes['Completeness']
export type Clock = Shapes['Clock']
export type ClockEnd = Shapes['ClockHand']

// ---- records

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }
export type Fields = Record<string, Value>
export type RecordPart = WithFields<Shapes['RecordPart']>
export type RecordLink = Shapes['Link']
export type LedgerRecord = WithFields<Shapes['RecordRow']>
export type FullRecord = WithFields<Omit<Shapes['Record'], 'parts'>> & { parts: RecordPart[] }
/** With what hangs on it and what it hangs on, which are asked for by themselves. */
export type LinkedRecord = FullRecord & { links: RecordLink[]; backlinks: RecordLink[] }
export type ListSum = NonNullable<Shapes['RecordList']['totals']>[number]
export type Receipt = Shapes['Receipt']
/** A record that reads alike. */
export type Twin = Receipt['warnings'][number] & { record: string }
/** With what it asks for, which the catalog says. */
export type OutlookStep = Shapes['StepAhead'] & { asks?: string[] }
export type Outlook = Omit<Shapes['Outlook'], 'steps'> & { steps: OutlookStep[] }
export type Change = Shapes['Change']
/** What the law would require of a matter that began on a day. */
export type Plan = Shapes['Plan']
export type PlanStep = Plan['steps'][number]
export type PlanLimit = Plan['limits'][number]
export type SearchHit = One<Shapes['HitList']>

// ---- figures

export type FigureStatus = Shapes['FigureStatus']
export type Figure = Shapes['Figure']
/** A county's sum over its towns. */
export type Sum = Shapes['Sum']
export type FigureDetail = Shapes['FigureView']
export type FigureFormula = FigureDetail['formula']
export type FigureRecord = One<Shapes['FigureRecords']>

// ---- reports

export type ReportFigure = Shapes['RunFigure']
export type Run = Shapes['Run']
export type Block = Shapes['Block']
export type Report = Shapes['Report']
export type Finding = Report['findings'][number]
export type ReportItem = Shapes['ReportItem']

// ---- county, jobs

export type CountyTown = Shapes['Town']
export type County = Shapes['County']
export type SubmissionList = Shapes['SubmissionList']
export type SubmissionTaken = Shapes['Submission']
export type SubmissionComparison = Shapes['SubmissionComparison']
export type SubmissionSums = Shapes['SubmissionSums']
/** One kind of job has one kind of result: the caller knows which he began. */
export type Job<T = unknown> = Omit<Shapes['Job'], 'result'> & { result?: T }
export type ImportResult = Shapes['Imported']
