import type { CheckedReport, CheckFinding, CheckLine, CheckSection, Severity } from '@/api/checks'

// Where findings stand in the text: every offset counts code points, findings overlap as they like.

export interface Numbered extends CheckFinding {
  /** The number it has in the text, in the list and on paper, whatever is switched off. */
  n: number
  group: string
  /** About the report as a whole: it stands at no place. */
  whole: boolean
}

export const groupOf = (rule: string) => rule.split('.')[0] ?? rule

/** In the order of the text; those about the whole report last. */
export function number(findings: readonly CheckFinding[]): Numbered[] {
  return findings
    .map((f) => ({ ...f, n: 0, group: groupOf(f.rule), whole: f.start === 0 && f.end === 0 }))
    .sort((a, b) => Number(a.whole) - Number(b.whole) || a.start - b.start)
    .map((f, i) => ({ ...f, n: i + 1 }))
}

/** A stretch of a line under the same findings. */
export interface Piece {
  text: string
  /** Numbers of the findings that cover it. */
  under: number[]
  /** Of these, the ones whose number is drawn at its end. */
  ends: number[]
  /** The gravest of them decides how it is drawn. */
  severity: Severity | null
}

const grave: Record<Severity, number> = { error: 3, warning: 2, note: 1 }

/**
 * Cuts text that begins at `start` wherever a finding begins or ends. `closes` says that a line feed
 * follows: what ends with it ends here.
 */
export function cut(text: string, start: number, findings: readonly Numbered[], closes = true): Piece[] {
  const letters = /[\ud800-\udbff]/.test(text) ? Array.from(text) : text
  const end = start + letters.length
  const slice = (from: number, to: number) => {
    const part = letters.slice(from - start, to - start)
    return typeof part === 'string' ? part : part.join('')
  }
  const mine = findings
    .filter((f) => !f.whole && f.start <= end && f.end >= start)
    .map((f) => ({
      n: f.n,
      severity: f.severity,
      from: Math.max(f.start, start),
      to: Math.min(f.end, end),
      ends: f.end <= end || (closes && f.end === end + 1),
      point: f.start === f.end,
    }))
    .filter((f) => f.from < f.to || f.point || (f.ends && closes && f.from === end && f.from !== start))
  const borders = new Set([start, end])
  for (const f of mine) borders.add(f.from).add(f.to)
  const sorted = [...borders].sort((a, b) => a - b)
  const pieces: Piece[] = []
  for (let i = 0; i + 1 < sorted.length; i++) {
    const [from, to] = [sorted[i]!, sorted[i + 1]!]
    const over = mine.filter((f) => f.from < to && f.to > from)
    // What has no letter of its own is numbered where it stands.
    const points = mine.filter((f) => f.from === f.to && (f.to === to || (i === 0 && f.to === from)))
    pieces.push({
      text: slice(from, to),
      under: over.map((f) => f.n),
      ends: [...over.filter((f) => f.ends && f.to === to), ...points].map((f) => f.n).sort((a, b) => a - b),
      severity: over.reduce<Severity | null>(
        (w, f) => (w && grave[w] >= grave[f.severity] ? w : f.severity),
        null,
      ),
    })
  }
  return pieces
}

export type LineKind = 'title' | 'heading' | 'addressee' | 'signature' | 'body'

export interface PaperLine {
  line: number
  start: number
  end: number
  text: string
  kind: LineKind
  level: number
  /** Where the heading ends that runs into its text; the start when there is none. */
  headEnd: number
  findings: Numbered[]
}

const bare = (text: string) => text.replace(/\s+/g, '')

/** Lines that together are the title. */
function titleLines(lines: readonly CheckLine[], title: string): Set<number> {
  const wanted = bare(title)
  for (let i = 0; wanted && i < Math.min(lines.length, 12); i++) {
    let made = ''
    const taken = new Set<number>()
    for (let k = i; k < lines.length && wanted.startsWith(made + bare(lines[k]!.text)); k++) {
      made += bare(lines[k]!.text)
      taken.add(lines[k]!.line)
      if (made === wanted) return taken
    }
  }
  return new Set()
}

const kinds: Record<string, LineKind> = {
  title: 'title',
  issuer: 'title',
  heading: 'heading',
  addressee: 'addressee',
  signature: 'signature',
  date: 'signature',
}

/** Where number and title of a heading end; blanks may stand between them. */
function headingEnd(line: CheckLine, section: CheckSection): number {
  const letters = Array.from(line.text)
  const begin = section.start - line.start
  const at = letters.slice(begin).join('').indexOf(section.title)
  const before =
    at > 0 ? Array.from(letters.slice(begin).join('').slice(0, at)).length : section.number.length
  return section.start + before + Array.from(section.title).length
}

/** The report as a sheet: what each line is, and what was found in it. */
export function paper(report: CheckedReport, findings: readonly Numbered[]): PaperLine[] {
  const title = titleLines(report.text, report.title ?? '')
  const placed = findings.filter((f) => !f.whole)
  return report.text.map((l) => {
    // What a converter left may stand before the heading.
    const section = report.sections.find((x) => x.start >= l.start && x.start < l.end)
    const end = section ? headingEnd(l, section) : l.start
    const runsOn = !!section && end < l.end - 1
    return {
      line: l.line,
      start: l.start,
      end: l.end,
      text: l.text,
      kind: kinds[l.kind ?? ''] ?? (title.has(l.line) ? 'title' : section && !runsOn ? 'heading' : 'body'),
      level: section?.level ?? 0,
      headEnd: runsOn ? end : l.start,
      findings: placed.filter((f) => f.start <= l.end && (f.end > l.start || f.start === l.start)),
    }
  })
}

/** Parts of a line: the heading that opens it, then the rest. */
export function partsOf(line: PaperLine): { head: boolean; pieces: Piece[] }[] {
  const split = line.headEnd - line.start
  if (split <= 0) return [{ head: false, pieces: cut(line.text, line.start, line.findings) }]
  const letters = Array.from(line.text)
  const head = letters.slice(0, split).join('')
  const rest = letters.slice(split).join('')
  const inHead = cut(head, line.start, line.findings, false)
  // What ended at the seam has its number before it.
  const inRest = cut(
    rest,
    line.headEnd,
    line.findings.filter((f) => f.end > line.headEnd || f.start === line.headEnd),
  )
  return [
    { head: true, pieces: inHead },
    { head: false, pieces: inRest },
  ]
}

/** What a message divides: 216 ÷ 219, and the rate it gives, as the server wrote them. */
export function division(message: string): { over: string; under: string; result: string } | null {
  const found = /(\d[\d.,]*)([^\d\s÷，。；、]{0,3})\s*÷\s*(\d[\d.,]*)/.exec(message)
  if (!found) return null
  const [all, over, unit, under] = [found[0], found[1]!, found[2]!, found[3]!]
  const rest = message.slice(found.index + all.length)
  return {
    over: over + unit,
    under: rest.startsWith(unit) ? under + unit : under,
    result: /\d[\d.]*\s*[%％‰]/.exec(rest)?.[0] ?? '',
  }
}
