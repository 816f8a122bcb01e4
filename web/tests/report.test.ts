import { describe, expect, it } from 'vitest'
import type { Block, Finding, Ledger, OutlookStep, ReportFigure, Run } from '@/api/types'
import { compareTexts } from '@/report/diff'
import { inTextOrder, sectionsOf, spots, isStale, twins } from '@/report/outline'
import {
  alike,
  askedFigure,
  draftOf,
  move,
  oneLine,
  piecesOf,
  replace,
  size,
  split,
  take,
  text,
  tidy,
  words,
  type ChipPiece,
} from '@/report/pieces'
import { segmentsOf } from '@/report/segments'
import { mainStep } from '@/report/steps'
import { Undo } from '@/report/undo'

const figure = (
  indicator: string,
  seen: string,
  unit: string,
  more: Partial<ReportFigure> = {},
): ReportFigure => ({
  indicator,
  label: indicator,
  unit,
  seen,
  now: seen,
  status: 'fresh',
  records: 1,
  period: '2025',
  ...more,
})
/** Runs from words and figures, with their places counted as the server counts: in code points. */
function block(id: string, ...parts: (string | ReportFigure)[]): Block {
  let at = 0
  const runs: Run[] = parts.map((p) => {
    const run = typeof p === 'string' ? { text: p } : { text: p.seen, figure: p }
    const start = at
    at += [...run.text].length
    return { ...run, start, end: at }
  })
  return {
    id,
    kind: 'paragraph',
    level: 0,
    number: '',
    required: false,
    sentences: [{ id: `${id}.1`, text: '', edited: false, authors: [], runs }],
  }
}
const found = figure('found', '219', '件')
const settled = figure('settled', '216', '件')
const rate = figure('rate', '98.6', '%')
const sample = block('b', '排查纠纷', found, '件，已化解', settled, '件，化解率', rate, '%。')
const pieces = piecesOf(sample)

describe('pieces of a paragraph', () => {
  it('takes the measure word into the chip and gives it back', () => {
    expect(pieces.map((p) => (p.kind === 'chip' ? `[${p.text}${p.unit}]` : p.text)).join('')).toBe(
      '排查纠纷[219件]，已化解[216件]，化解率[98.6%]。',
    )
    expect(draftOf(pieces)).toEqual([
      { text: '排查纠纷' },
      { text: '219', figure: { indicator: 'found' } },
      { text: '件，已化解' },
      { text: '216', figure: { indicator: 'settled' } },
      { text: '件，化解率' },
      { text: '98.6', figure: { indicator: 'rate' } },
      { text: '%。' },
    ])
  })
  it('leaves a measure word that is another one in the words', () => {
    const made = piecesOf(block('b', '共', found, '起纠纷'))
    expect(made[1]).toMatchObject({ text: '219', unit: '' })
    expect(draftOf(made)[2]).toEqual({ text: '起纠纷' })
  })
  it('counts a chip as one and words by their length', () => {
    expect(size(pieces)).toBe(4 + 1 + 4 + 1 + 4 + 1 + 1)
    expect(words(pieces)).toBe('排查纠纷219件，已化解216件，化解率98.6%。')
  })
  it('splits beside and between chips and loses nothing', () => {
    for (let at = 0; at <= size(pieces); at++) {
      const [a, b] = split(pieces, at)
      expect(size(a)).toBe(at)
      expect(alike([...a, ...b], pieces)).toBe(true)
    }
  })
  it('deletes across chips', () => {
    const made = replace(pieces, 2, 11, [text('了')])
    expect(words(made)).toBe('排查了化解率98.6%。')
    expect(made.filter((p) => p.kind === 'chip')).toHaveLength(1)
  })
  it('inserts a figure in the midst of words, and its measure word with it', () => {
    const chip: ChipPiece = { kind: 'chip', text: '6', unit: '次', figure: figure('talks', '6', '次') }
    const made = replace(pieces, 2, 2, [chip])
    expect(words(made).startsWith('排查6次纠纷219件')).toBe(true)
    expect(draftOf(made).slice(0, 3)).toEqual([
      { text: '排查' },
      { text: '6', figure: { indicator: 'talks' } },
      { text: '次纠纷' },
    ])
    expect(draftOf([chip, chip])).toHaveLength(4)
  })
  it('moves a chip as a whole, forwards and backwards, and not into itself', () => {
    expect(words(move(pieces, 4, 5, 0))).toBe('219件排查纠纷，已化解216件，化解率98.6%。')
    expect(words(move(pieces, 4, 5, size(pieces)))).toBe('排查纠纷，已化解216件，化解率98.6%。219件')
    expect(alike(move(pieces, 4, 5, 5), pieces)).toBe(true)
  })
  it('keeps the group of a figure', () => {
    const made = piecesOf(
      block('b', figure('found', '52', '件', { dimension: 'kind', group: 'neighbour' }), '件'),
    )
    expect(draftOf(made)[0]).toEqual({
      text: '52',
      figure: { indicator: 'found', dimension: 'kind', group: 'neighbour' },
    })
  })
  it('treats a bare number as words', () => {
    const made = piecesOf(block('b', '讲座', figure('', '5', '场', { status: 'bare' }), '场'))
    expect(made).toEqual([text('讲座5场')])
  })
  it('knows when a figure is asked for', () => {
    expect(askedFigure([text('共开展#三长')], 6)).toEqual({ from: 3, query: '三长' })
    expect(askedFigure([text('共开展＃')], 4)).toEqual({ from: 3, query: '' })
    expect(askedFigure([text('共#三长，会')], 6)).toBeNull()
    expect(askedFigure(tidy([text('#'), ...take(pieces, 4, 5)]), 2)).toBeNull()
  })
  it('takes pasted words as one line', () => expect(oneLine('一是\r\n 二是\u200b\t完')).toBe('一是二是 完'))
})

describe('segments of a paragraph', () => {
  const finding = (start: number, end: number, more: Partial<Finding> = {}): Finding => ({
    id: `${start}`,
    rule: 'R',
    severity: 'warning',
    block: 'b',
    start,
    end,
    excerpt: '',
    message: '',
    suggestion: '',
    ...more,
  })
  it('cuts words where a finding begins and ends, counting code points and the measure word', () => {
    const rare = block('b', '𫝹村排查', found, '件纠纷')
    const made = segmentsOf(rare, [finding(7, 9)])
    expect(made.map((s) => s.text + s.unit)).toEqual(['𫝹村排查', '219件', '纠', '纷'])
    expect(made.map((s) => [s.start, s.end])).toEqual([
      [0, 4],
      [4, 8],
      [8, 9],
      [9, 10],
    ])
    expect(made.map((s) => s.at)).toEqual([0, 5, 6, 7])
    expect(made.map((s) => s.finding?.id)).toEqual([undefined, '7', '7', undefined])
  })
  it('shows the gravest of two findings', () => {
    const made = segmentsOf(sample, [finding(0, 4), finding(0, 20, { severity: 'error' })])
    expect(made[0]!.finding?.severity).toBe('error')
  })
  it('keeps the number of the run through cuts', () => {
    expect(segmentsOf(sample, [finding(9, 10)]).map((s) => s.run)).toEqual([0, 1, 2, 2, 2, 3, 4, 5, 6])
  })
})

describe('outline', () => {
  const heading = (id: string, level: number, number: string, title: string): Block => ({
    ...block(id, title),
    kind: 'heading',
    level,
    number,
  })
  const stale = figure('found', '218', '件', { status: 'stale', now: '219' })
  const blocks = [
    heading('c1', 1, '一、', '成效'),
    heading('c1.s1', 2, '（一）', '组织'),
    block('p1', '共', found, '件'),
    heading('c1.s2', 2, '（二）', '化解'),
    block('p2', settled, '件', stale, '件'),
    { ...heading('c2', 1, '二、', '不足') },
    { ...block('c2.missing', '〔缺〕'), kind: 'missing' as const, required: true },
    { ...block('signature', '镇政府'), kind: 'signature' as const },
  ]
  const report = {
    blocks,
    missing: [{ kind: 'chapter' as const, required: true, where: 'c2', label: '', message: '' }],
  }
  it('counts the numbers of each section and tells what lacks', () => {
    expect(sectionsOf(report).map((s) => [s.title, s.figures, s.lacks])).toEqual([
      ['一、成效', 0, false],
      ['（一）组织', 1, false],
      ['（二）化解', 2, false],
      ['二、不足', 0, true],
    ])
  })
  it('finds the stale and the other places of one figure', () => {
    expect(spots(report, isStale)).toEqual([{ block: 'p2', run: 2 }])
    expect(twins(report, { block: 'p1', run: 1 })).toEqual([{ block: 'p2', run: 2 }])
  })
  it('orders findings by the text', () => {
    const f = (id: string, block: string, start: number) => ({
      id,
      block,
      start,
      end: start + 1,
      rule: '',
      severity: 'note' as const,
      excerpt: '',
      message: '',
      suggestion: '',
    })
    expect(
      inTextOrder([f('a', '', 0), f('b', 'p2', 3), f('c', 'p2', 1), f('d', 'p1', 9)], blocks).map(
        (x) => x.id,
      ),
    ).toEqual(['d', 'c', 'b', 'a'])
  })
})

describe('undo', () => {
  it('takes typing in one go back at once, and forth again', () => {
    const undo = new Undo('')
    undo.note('a', 'type', 0)
    undo.note('ab', 'type', 100)
    undo.note('abX', 'step', 200)
    undo.note('abXc', 'type', 300)
    expect([undo.undo(), undo.undo(), undo.undo(), undo.undo()]).toEqual(['abX', 'ab', '', null])
    expect([undo.redo(), undo.redo()]).toEqual(['ab', 'abX'])
    undo.note('abX!', 'type', 5000)
    expect(undo.redo()).toBeNull()
    expect(undo.undo()).toBe('abX')
  })
  it('starts a new step after a pause and when deleting begins', () => {
    const undo = new Undo('')
    undo.note('a', 'type', 0)
    undo.note('ab', 'type', 2000)
    undo.note('a', 'delete', 2100)
    expect([undo.undo(), undo.undo(), undo.undo()]).toEqual(['ab', 'a', ''])
  })
})

describe('comparison of two texts', () => {
  const show = (parts: { text: string; same: boolean }[]) =>
    parts.map((p) => (p.same ? p.text : `[${p.text}]`)).join('')
  it('shows a changed number as one word', () => {
    const { was, is } = compareTexts('调解成功73件，其中邻里31件。', '调解成功74件，其中邻里31件。')
    expect([show(was), show(is)]).toEqual([
      '调解成功[73]件，其中邻里31件。',
      '调解成功[74]件，其中邻里31件。',
    ])
  })
  it('shows what came and what went', () => {
    const { was, is } = compareTexts('全年组织培训。', '全年认真组织执法培训。')
    expect([show(was), show(is)]).toEqual(['全年组织培训。', '全年[认真]组织[执法]培训。'])
    expect(compareTexts('', '新').is).toEqual([{ text: '新', same: false }])
    expect(compareTexts('同', '同')).toEqual({
      was: [{ text: '同', same: true }],
      is: [{ text: '同', same: true }],
    })
  })
})

describe('the main step', () => {
  const states = ['drafting', 'checked', 'approved', 'submitted', 'returned', 'accepted', 'published'].map(
    (id) => ({ id, label: id }),
  )
  const to = {
    redraft: 'drafting',
    approve: 'approved',
    return: 'returned',
    accept: 'accepted',
    publish: 'published',
  }
  const ledger = {
    states,
    transitions: Object.entries(to).map(([id, to]) => ({
      id,
      label: id,
      from: [],
      to,
      role: '',
      asks: [],
      gates: [],
    })),
  } as unknown as Ledger
  const step = (step: string, more: Partial<OutlookStep> = {}): OutlookStep => ({
    step,
    label: step,
    role: '',
    may: true,
    possible: true,
    missing: [],
    forbidden: [],
    expected: [],
    exempt: [],
    met: [],
    asks: [],
    ...more,
  })
  it('leads on, never back, and is one this person may take', () => {
    expect(mainStep([step('redraft'), step('approve', { possible: false })], ledger)?.step).toBe('approve')
    expect(mainStep([step('return'), step('accept'), step('publish', { may: false })], ledger)?.step).toBe(
      'accept',
    )
    expect(
      mainStep(
        [
          step('accept'),
          step('publish', { forbidden: [{ where: '', message: '', source: '', supply: '' }] }),
        ],
        ledger,
      )?.step,
    ).toBe('accept')
    expect(mainStep([step('redraft')], ledger)?.step).toBe('redraft')
    expect(mainStep([step('publish', { may: false })], ledger)).toBeUndefined()
  })
})
