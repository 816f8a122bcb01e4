import type { CheckedReport } from '@/api/checks'
import type { Numbered } from './marks'

// A line of the list that `yifa check --ignore` reads: RULE [@PLACE] [WORDS] # reason

export interface Exception {
  /** The finding it answers: rule, place in the text. */
  key: string
  report: string
  line: string
  reason: string
}

export const keyOf = (f: Pick<Numbered, 'rule' | 'start' | 'end'>) => `${f.rule} ${f.start} ${f.end}`

/** No line breaks, no sign that would begin a remark; blanks at the ends go. */
const plain = (text: string) =>
  text
    .replace(/[\r\n]+/g, ' ')
    .replace(/#/g, '＃')
    .trim()

/** A place is one word; of a file's name with blanks its longest word is enough to know it. */
function placeOf(report: CheckedReport): string {
  if (report.place) return report.place
  return report.file.split(/[\s#@]+/).reduce((a, b) => (b.length > a.length ? b : a), '')
}

/** Words must stand in the paragraph as they are: of an excerpt over several lines the first counts. */
function wordsOf(finding: Numbered): string {
  if (finding.whole) return ''
  const first = finding.excerpt.split(/[\r\n]/)[0] ?? ''
  const clean = (first.split('#')[0] ?? '').replace(/^…|…$/g, '').trim()
  return clean.startsWith('@') ? clean.slice(1) : clean
}

export function exceptionLine(report: CheckedReport, finding: Numbered, reason: string): string {
  const place = placeOf(report)
  return [finding.rule, place && `@${place}`, wordsOf(finding), `# ${plain(reason)}`]
    .filter(Boolean)
    .join(' ')
}

export const exceptionFile = (head: string, lines: readonly Exception[]) =>
  [`# ${plain(head)}`, ...lines.map((e) => e.line), ''].join('\n')
