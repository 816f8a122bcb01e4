import { describe, expect, it } from 'vitest'
import type { CheckedReport, CheckFinding } from '@/api/checks'
import { exceptionFile, exceptionLine } from '@/pages/check/exceptions'
import { tally } from '@/pages/check/groups'
import { cut, division, number, paper, partsOf } from '@/pages/check/marks'

const finding = (
  rule: string,
  start: number,
  end: number,
  more: Partial<CheckFinding> = {},
): CheckFinding => ({
  rule,
  start,
  end,
  severity: 'error',
  line: 1,
  excerpt: '',
  message: '',
  suggestion: '',
  ...more,
})
const told = (text: string, start: number, found: CheckFinding[]) =>
  cut(text, start, number(found)).map(
    (p) =>
      `${p.text}${p.under.length ? `<${p.under.join()}>` : ''}${p.ends.length ? `^${p.ends.join()}` : ''}`,
  )

describe('marks', () => {
  it('numbers by place, the whole report last', () => {
    const all = number([
      finding('structure.none', 0, 0),
      finding('time.a', 9, 12),
      finding('arithmetic.b', 0, 3),
    ])
    expect(all.map((f) => [f.n, f.rule, f.whole])).toEqual([
      [1, 'arithmetic.b', false],
      [2, 'time.a', false],
      [3, 'structure.none', true],
    ])
  })
  it('cuts where findings begin and end', () => {
    expect(told('化解率96.7%。', 10, [finding('a.a', 13, 18)])).toEqual(['化解率', '96.7%<1>^1', '。'])
    expect(told('化解率', 10, [])).toEqual(['化解率'])
    expect(told('化解率', 10, [finding('a.a', 1, 9), finding('a.b', 20, 30)])).toEqual(['化解率'])
  })
  it('keeps overlapping and nested findings apart', () => {
    expect(told('abcdef', 0, [finding('a.a', 0, 4), finding('a.b', 2, 6), finding('a.c', 2, 3)])).toEqual([
      'ab<1>',
      'c<1,2,3>^3',
      'd<1,2>^1',
      'ef<2>^2',
    ])
  })
  it('draws a piece as its gravest finding', () => {
    const pieces = cut(
      'abc',
      0,
      number([finding('a.a', 0, 3, { severity: 'note' }), finding('a.b', 1, 2, { severity: 'error' })]),
    )
    expect(pieces.map((p) => p.severity)).toEqual(['note', 'error', 'note'])
  })
  it('numbers a finding over lines where it ends, also on the line feed', () => {
    const over = [finding('a.a', 2, 9)]
    expect(told('abcd', 0, over)).toEqual(['ab', 'cd<1>'])
    expect(told('fghij', 5, over)).toEqual(['fghi<1>^1', 'j'])
    expect(told('abcd', 0, [finding('a.a', 2, 5)])).toEqual(['ab', 'cd<1>^1'])
    expect(told('fgh', 5, [finding('a.a', 2, 5)])).toEqual(['fgh'])
  })
  it('numbers what has no letters', () => {
    expect(told('abcd', 0, [finding('a.a', 2, 2)])).toEqual(['ab^1', 'cd'])
    expect(told('abcd', 3, [finding('a.a', 3, 3)])).toEqual(['abcd^1'])
  })
  it('counts code points', () => {
    expect(told('𠮷田镇', 0, [finding('a.a', 1, 2)])).toEqual(['𠮷', '田<1>^1', '镇'])
  })
})

const report: CheckedReport = {
  id: 'r',
  batch: 'b',
  file: '白石 乡2024.docx',
  title: '白石乡法治政府建设报告',
  place: '白石乡',
  year: 2024,
  counts: { error: 1, warning: 0, note: 0 },
  text: [
    { line: 1, start: 0, end: 3, text: '白石乡' },
    { line: 2, start: 4, end: 12, text: '法治政府建设报告' },
    { line: 3, start: 13, end: 19, text: '一、工作情况' },
    { line: 4, start: 20, end: 34, text: '（一）强化领导。召开会议4次' },
  ],
  sections: [
    { level: 1, number: '一、', title: '工作情况', start: 13, end: 34 },
    { level: 2, number: '（一）', title: '强化领导。', start: 20, end: 34 },
  ],
  findings: [],
  figures: [],
}

describe('paper', () => {
  it('knows title, headings and headings that run on', () => {
    const found = number([finding('a.a', 23, 29)])
    const lines = paper(report, found)
    expect(lines.map((l) => l.kind)).toEqual(['title', 'title', 'heading', 'body'])
    expect(partsOf(lines[3]!).map((p) => [p.head, p.pieces.map((x) => x.text + x.ends.join())])).toEqual([
      [true, ['（一）', '强化领导。']],
      [false, ['召1', '开会议4次']],
    ])
  })
  it('reads a division off a message', () => {
    expect(division('写的是96.7%，按124÷128计算应为96.9%。')).toEqual({
      over: '124',
      under: '128',
      result: '96.9%',
    })
    expect(division('按216件÷219件计算应为98.6%。')).toEqual({
      over: '216件',
      under: '219件',
      result: '98.6%',
    })
    expect(division('件与次不能相除')).toBeNull()
  })
  it('tallies groups, unknown ones too', () => {
    const rows = tally(
      number([
        finding('time.a', 1, 2, { severity: 'note' }),
        finding('time.b', 1, 2),
        finding('county.x', 1, 2),
      ]),
    )
    expect(rows.find((r) => r.id === 'time')).toEqual({ id: 'time', count: 2, worst: 'error' })
    expect(rows.find((r) => r.id === 'format')).toEqual({ id: 'format', count: 0, worst: null })
    expect(rows.at(-1)?.id).toBe('county')
  })
})

describe('exceptions', () => {
  const one = number([finding('time.law_repealed', 3, 9, { excerpt: '行政监察法' })])[0]!
  it('writes a line that yifa check --ignore reads', () => {
    expect(exceptionLine(report, one, '引用旧法\n有意')).toBe(
      'time.law_repealed @白石乡 行政监察法 # 引用旧法 有意',
    )
  })
  it('names the file where no town was read, and leaves out what would begin a remark', () => {
    const whole = number([finding('structure.no_date', 0, 0, { excerpt: 'x' })])[0]!
    expect(exceptionLine({ ...report, place: null }, whole, '见 #3')).toBe(
      'structure.no_date @乡2024.docx # 见 ＃3',
    )
    const signs = number([finding('residue.a', 1, 4, { excerpt: '@甲#乙' })])[0]!
    expect(exceptionLine(report, signs, '无')).toBe('residue.a @白石乡 甲 # 无')
  })
  it('begins with what it is', () => {
    expect(exceptionFile('例外', [{ key: '', report: '', reason: '', line: 'a.b # c' }])).toBe(
      '# 例外\na.b # c\n',
    )
  })
})
