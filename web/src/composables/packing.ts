import type { Waiting } from './outbox'
import type { HeldPaper } from './papers'

// One entry as bytes: how long its words are (four bytes), its words as JSON, then the bytes of its papers one
// behind the other.

type Named = Omit<HeldPaper, 'bytes'> & { length: number }
type Words = Omit<Waiting, 'papers'> & { papers: Named[] }

export function packed(entry: Waiting): Uint8Array<ArrayBuffer> {
  const papers = entry.papers ?? []
  const named = papers.map(({ bytes, ...rest }): Named => ({ ...rest, length: bytes.length }))
  const words = new TextEncoder().encode(JSON.stringify({ ...entry, papers: named } satisfies Words))
  const all = new Uint8Array(4 + words.length + papers.reduce((sum, p) => sum + p.bytes.length, 0))
  new DataView(all.buffer).setUint32(0, words.length)
  all.set(words, 4)
  let at = 4 + words.length
  for (const { bytes } of papers) {
    all.set(bytes, at)
    at += bytes.length
  }
  return all
}

export function unpacked(all: Uint8Array<ArrayBuffer>): Waiting {
  const length = new DataView(all.buffer, all.byteOffset).getUint32(0)
  const words = JSON.parse(new TextDecoder().decode(all.subarray(4, 4 + length))) as Words
  let at = 4 + length
  const papers = words.papers.map(({ length: long, ...rest }): HeldPaper => {
    const bytes = all.slice(at, at + long)
    at += long
    return { ...rest, bytes }
  })
  return { ...words, papers }
}
