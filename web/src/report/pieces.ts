import type { FigureName, RunDraft } from '@/api/reports'
import type { Block, ReportFigure, Run } from '@/api/types'

/**
 * A paragraph as it is edited: words, and chips that are one thing each. A place in it is a number: one for every
 * UTF-16 unit of the words, one for every chip.
 */
export interface TextPiece {
  kind: 'text'
  text: string
}
export interface ChipPiece {
  kind: 'chip'
  /** As printed, without the measure word. */
  text: string
  /** The measure word printed behind it, which goes where the number goes; empty when none stood there. */
  unit: string
  figure: ReportFigure
}
export type Piece = TextPiece | ChipPiece

export const text = (words: string): TextPiece => ({ kind: 'text', text: words })
export const isBound = (figure: ReportFigure | undefined): figure is ReportFigure =>
  !!figure && figure.indicator !== ''

/** Joins words that stand beside each other and drops what is empty. */
export function tidy(pieces: readonly Piece[]): Piece[] {
  const made: Piece[] = []
  for (const piece of pieces) {
    const last = made[made.length - 1]
    if (piece.kind === 'chip') made.push(piece)
    else if (!piece.text) continue
    else if (last?.kind === 'text') made[made.length - 1] = text(last.text + piece.text)
    else made.push(piece)
  }
  return made
}

/** What a paragraph says now; a bare number is words until it is bound. */
export function piecesOf(block: Pick<Block, 'sentences'>): Piece[] {
  const made: Piece[] = []
  let unit = ''
  for (const run of block.sentences.flatMap((s) => s.runs)) {
    if (isBound(run.figure)) {
      made.push({ kind: 'chip', text: run.text, unit: '', figure: run.figure })
      unit = run.figure.unit
      continue
    }
    let words = run.text
    const chip = made[made.length - 1]
    if (unit && chip?.kind === 'chip' && words.startsWith(unit)) {
      made[made.length - 1] = { ...chip, unit }
      words = words.slice(unit.length)
    }
    unit = ''
    made.push(text(words))
  }
  return tidy(made)
}

export const sizeOf = (piece: Piece) => (piece.kind === 'chip' ? 1 : piece.text.length)
export const size = (pieces: readonly Piece[]) => pieces.reduce((sum, p) => sum + sizeOf(p), 0)

/** What stands from one place to another. */
export function take(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const made: Piece[] = []
  let at = 0
  for (const piece of pieces) {
    const end = at + sizeOf(piece)
    if (end > from && at < to) {
      if (piece.kind === 'chip') made.push(piece)
      else made.push(text(piece.text.slice(Math.max(0, from - at), to - at)))
    }
    at = end
  }
  return tidy(made)
}

/** Puts something in place of what stands from one place to another. */
export function replace(pieces: readonly Piece[], from: number, to: number, by: readonly Piece[]): Piece[] {
  const all = size(pieces)
  return tidy([...take(pieces, 0, from), ...by, ...take(pieces, to, all)])
}

export function split(pieces: readonly Piece[], at: number): [Piece[], Piece[]] {
  return [take(pieces, 0, at), take(pieces, at, size(pieces))]
}

/** Moves what stands at [from, to) before the place `at`; a place inside it moves nothing. */
export function move(pieces: readonly Piece[], from: number, to: number, at: number): Piece[] {
  if (at >= from && at <= to) return [...pieces]
  const taken = take(pieces, from, to)
  const rest = replace(pieces, from, to, [])
  const place = at > to ? at - (to - from) : at
  return replace(rest, place, place, taken)
}

export const words = (pieces: readonly Piece[]) =>
  pieces.map((p) => (p.kind === 'chip' ? p.text + p.unit : p.text)).join('')

export const nameOf = (figure: ReportFigure): FigureName => ({
  indicator: figure.indicator,
  ...(figure.dimension ? { dimension: figure.dimension } : {}),
  ...(figure.group ? { group: figure.group } : {}),
})

/** What the server is told: the measure word goes back to the words behind the number. */
export function draftOf(pieces: readonly Piece[]): RunDraft[] {
  const made: RunDraft[] = []
  let behind = ''
  for (const piece of tidy(pieces)) {
    if (piece.kind === 'text') {
      made.push({ text: behind + piece.text })
      behind = ''
      continue
    }
    if (behind) made.push({ text: behind })
    made.push({ text: piece.text, figure: nameOf(piece.figure) })
    behind = piece.unit
  }
  if (behind) made.push({ text: behind })
  return made
}

const mark = (piece: Piece) =>
  piece.kind === 'text'
    ? piece.text
    : `\u0000${JSON.stringify(nameOf(piece.figure))}${piece.text}${piece.unit}`
export const alike = (a: readonly Piece[], b: readonly Piece[]) =>
  tidy(a).map(mark).join('') === tidy(b).map(mark).join('')

/** The block as it will be when these pieces are taken, to be shown until the server has answered. */
export function blockWith(block: Block, pieces: readonly Piece[]): Block {
  let at = 0
  const figures = pieces.flatMap((p) => (p.kind === 'chip' ? [p.figure] : []))
  const runs = draftOf(pieces).map((draft): Run => {
    const words = draft.text ?? ''
    const start = at
    at += [...words].length
    return { text: words, start, end: at, ...('figure' in draft ? { figure: figures.shift() } : {}) }
  })
  const [first] = block.sentences
  const sentence = {
    id: first?.id ?? `${block.id}.1`,
    text: words(pieces),
    edited: true,
    authors: block.sentences.flatMap((s) => s.authors),
    runs,
  }
  return { ...block, kind: block.kind === 'missing' ? 'paragraph' : block.kind, sentences: [sentence] }
}

/** What was typed behind a # just before a place, or null: the reader is choosing a figure. */
export function askedFigure(pieces: readonly Piece[], at: number): { from: number; query: string } | null {
  const before = take(pieces, Math.max(0, at - 14), at)
  const last = before[before.length - 1]
  if (last?.kind !== 'text') return null
  const found = /[#＃]([^#＃\s，。；、]{0,12})$/.exec(last.text)
  return found ? { from: at - found[0].length, query: found[1]! } : null
}

/** Words from elsewhere, as one line. */
export const oneLine = (pasted: string) =>
  pasted
    .replace(/\s*[\r\n\u2028\u2029]+\s*/g, '')
    .replace(/[\u200b\ufeff]/g, '')
    .replace(/\t/g, ' ')
