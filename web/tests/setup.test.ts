import { describe, expect, it } from 'vitest'
import type { Catalog } from '@/api/types'
import {
  administrators,
  faults,
  firstOffices,
  readPeople,
  setupOf,
  unkept,
  type Person,
} from '@/pages/setup/plan'

const ledger = (id: string, group: string, role: string) => ({
  id,
  group,
  transitions: [{ id: 'open', role }],
})
const catalog = {
  ledgers: [
    ledger('dispute', 'F', 'village_clerk'),
    ledger('inspection', 'D', 'enforcement_officer'),
    ledger('meeting', 'A', 'department_clerk'),
  ],
  roles: {
    legal_officer: '司法所工作人员',
    village_clerk: '村经办人',
    enforcement_officer: '执法人员',
    office_clerk: '党政办经办人',
  },
} as unknown as Catalog
const person = (id: string, role: string): Person => ({ id, name: '某', office: 'general', role })
const admins = administrators.map((a) => person(a, a))

describe('the wizard', () => {
  const offices = firstOffices(catalog, (id) => id)
  it('gives each ledger to the office whose role opens it, else by its group', () => {
    const of = (id: string) => offices.find((o) => o.id === id)?.ledgers
    expect([of('village'), of('enforcement'), of('general')]).toEqual([
      ['dispute'],
      ['inspection'],
      ['meeting'],
    ])
    expect(unkept(catalog, offices)).toEqual([])
    expect(
      unkept(
        catalog,
        offices.filter((o) => o.id !== 'general'),
      ),
    ).toEqual(['meeting'])
  })
  it('reads people off a spreadsheet', () =>
    expect(
      readPeople(
        '账号\t姓名\nsfs01\t王某\tjustice\t司法所工作人员\nzf02,李某,enforcement\ncun1,赵某,高观村,村经办人',
        offices,
        catalog.roles,
      ),
    ).toEqual([
      { id: 'sfs01', name: '王某', office: 'justice', role: 'legal_officer' },
      { id: 'zf02', name: '李某', office: 'enforcement', role: 'enforcement_officer' },
      { id: 'cun1', name: '赵某', office: 'village', role: 'village_clerk', village: '高观村' },
    ]))
  it('says what lacks', () => {
    expect(faults('500229107', admins)).toEqual([])
    expect(faults('', [...admins.slice(1), person('security_admin', 'legal_officer')])).toEqual([
      { kind: 'place' },
      { kind: 'admin', role: 'system_admin' },
      { kind: 'twice', id: 'security_admin' },
    ])
  })
  it('puts people of a village into it, and asks which', () => {
    const clerk = { ...person('c', 'village_clerk'), office: 'village' }
    expect(faults('500229107', [...admins, clerk])).toEqual([{ kind: 'person', n: 4, what: 'village' }])
    const made = setupOf(
      '500229107',
      offices,
      [...admins, { ...clerk, village: '高观村' }],
      2025,
      {},
      'c',
    ).people
    expect(made.map((p) => p.org)).toEqual(['500229107', '500229107', '500229107', '高观村'])
  })
  it('gives administrators no ledger', () => {
    const made = setupOf('500229107', offices, [...admins, person('a', 'office_clerk')], 2025, {}, 'c').people
    expect(made.map((p) => p.ledgers)).toEqual([undefined, undefined, undefined, ['meeting']])
  })
})
