import { describe, expect, it } from 'vitest'
import type { OutlookStep } from '@/api/types'
import { countGates, gatesOf } from '@/text/gates'
import { groupBy } from '@/text/group'

describe('gates', () => {
  it('come from what the server says of a step', () => {
    const told = { where: 'accepted_on', message: 'm', source: '人民调解法 第十七条', supply: '' }
    const step: OutlookStep = {
      step: 'accept',
      label: '受理',
      role: 'mediator',
      may: true,
      possible: false,
      forbidden: [told],
      expected: [told],
      missing: [told],
      exempt: [],
      met: [told, told],
      asks: [],
    }
    expect(countGates(gatesOf(step))).toEqual({ stop: 1, warn: 1, wait: 1, ok: 2 })
    expect(new Set(gatesOf(step).map((g) => g.id)).size).toBe(5)
  })
  it('groups in the order of coming', () =>
    expect([...groupBy([3, 1, 4, 1, 5], (n) => (n % 2 ? 'odd' : 'even'))]).toEqual([
      ['odd', [3, 1, 1, 5]],
      ['even', [4]],
    ]))
})
