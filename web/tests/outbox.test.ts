import { describe, expect, it } from 'vitest'
import { packed, unpacked } from '@/composables/packing'
import type { Waiting } from '@/composables/outbox'

const entry: Waiting = {
  key: 'k',
  ledger: 'dispute',
  title: '矛盾纠纷　2023-05-04',
  made: '2023-05-04T01:02:03.000Z',
  record: { fields: { photos: ['aa', 'bb'], facts: '为水渠争执' } },
}
const paper = (hash: string, ...bytes: number[]) => ({
  hash,
  name: `${hash}.jpg`,
  type: 'image/jpeg',
  bytes: new Uint8Array(bytes),
})

describe('an entry that waits', () => {
  it('comes out as it went in, with each paper its own bytes', () => {
    const whole = { ...entry, papers: [paper('aa', 1, 2, 3), paper('bb'), paper('cc', 9)] }
    expect(unpacked(packed(whole))).toEqual(whole)
  })
  it('without papers has none', () => expect(unpacked(packed(entry))).toEqual({ ...entry, papers: [] }))
})
