import { describe, expect, it } from 'vitest'
import type { Catalog, Ledger } from '@/api/types'
import { askWords, citedIn, fits, lawsOf, placeOf, surety } from '@/pages/catalog/whole'
import { actionWord, chainParts, objectWord } from '@/pages/history/words'
import { dutiesOf } from '@/pages/people/roles'

const gate = (id: string, source: string, certainty: 'V' | 'V-ex' | 'M' = 'V') => ({
  id,
  source,
  certainty,
  says: '',
  blocks: true,
  binding: 'direct' as const,
})
const step = (id: string, label: string, role: string, gates = [] as ReturnType<typeof gate>[]) => ({
  id,
  label,
  role,
  from: [],
  to: 's',
  asks: [],
  gates,
})
/** As much of a ledger as these pages read. */
const ledger = {
  id: 'dispute',
  label: '矛盾纠纷',
  group: 'F',
  law: '人民调解法',
  unit: '件',
  access: 'office',
  retention: '',
  day: 'found_on',
  place: '',
  columns: [],
  find: [],
  sort: '',
  valid: false,
  states: [],
  documents: [],
  fields: [{ id: 'found_on', type: 'date', label: '发现日期' }],
  parts: [{ id: 'session', label: '调解', fields: [], gates: [gate('d.session', '人民调解法 第十七条')] }],
  transitions: [
    step('open', '登记', 'village_clerk'),
    step('accept', '受理', 'mediator', [gate('d.accept', '人民调解法 第十七条', 'V-ex')]),
  ],
  gates: [],
  deadlines: [
    {
      id: 'MED.COURTREF',
      says: '30日内',
      binds: 'office',
      source: '特邀调解规定 第二十七条',
      certainty: 'M',
    },
  ],
} as unknown as Ledger

describe('a ledger as it is read', () => {
  it('finds all that cites, its laws and how surely they were seen', () => {
    expect(citedIn(ledger).map((c) => c.id)).toEqual(['d.accept', 'd.session', 'MED.COURTREF'])
    expect(lawsOf(ledger)).toEqual([
      { law: '人民调解法', times: 2 },
      { law: '特邀调解规定', times: 1 },
    ])
    expect(surety(citedIn(ledger))).toEqual({ seen: 1, quoted: 1, unseen: 1 })
  })
  it('goes to a gate or rule by its id and to a law by its first place', () => {
    expect(placeOf(ledger, 'MED.COURTREF')).toBe('MED.COURTREF')
    expect(placeOf(ledger, '特邀调解规定')).toBe('MED.COURTREF')
    expect(placeOf(ledger, 'limits')).toBe('limits')
  })
  it('looks through fields, steps and articles, all words', () => {
    expect(fits(ledger, '')).toBe(true)
    expect(fits(ledger, '第二十七条 受理')).toBe(true)
    expect(fits(ledger, '受理 处罚')).toBe(false)
  })
  it('names what a step asks for', () => {
    expect(askWords(ledger, ['found_on', '@reason', 'x'], '理由')).toEqual(['发现日期', '理由', 'x'])
  })
})

const catalog = { ledgers: [ledger] } as unknown as Catalog
const t = (key: string) => `[${key}]`
const te = (key: string) =>
  key === 'history.action.sign_in_with_a_code' ||
  key === 'history.object.user' ||
  key === 'history.action.open'

describe('history in words', () => {
  it('names steps, parts and the house’s own actions', () => {
    expect(actionWord(catalog, 'dispute', 'accept', t, te)).toBe('受理')
    expect(actionWord(catalog, 'dispute', 'open', t, te)).toBe('[history.action.open]')
    expect(actionWord(catalog, 'dispute', 'session.open', t, te)).toBe('[history.part.open]调解')
    expect(actionWord(catalog, '@user', 'sign in with a code', t, te)).toBe(
      '[history.action.sign_in_with_a_code]',
    )
    expect(actionWord(null, 'x', 'y.z', t, te)).toBe('y.z')
    expect(objectWord(catalog, '@user', t, te)).toBe('[history.object.user]')
  })
  it('takes a chain apart', () => {
    expect(chainParts('500229107')).toEqual({ kind: 'records', scope: '500229107' })
    expect(chainParts('access:500229')).toEqual({ kind: 'access', scope: '500229' })
    expect(chainParts('new:1')).toEqual({ kind: 'other', scope: '1' })
  })
})

describe('what a role may do', () => {
  it('opens ledgers and takes steps', () => {
    expect(dutiesOf(catalog, 'village_clerk')).toEqual([
      { ledger: 'dispute', label: '矛盾纠纷', opens: true, steps: [] },
    ])
    expect(dutiesOf(catalog, 'mediator')).toEqual([
      { ledger: 'dispute', label: '矛盾纠纷', opens: false, steps: ['受理'] },
    ])
    expect(dutiesOf(catalog, 'nobody')).toEqual([])
  })
})
