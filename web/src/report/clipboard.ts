import type { Piece } from './pieces'

/** Pieces on the clipboard: our own form beside the plain words, so that a number copied keeps its door. */
export const clipboardType = 'application/x-yifa-pieces'

export function readPieces(data: DataTransfer): Piece[] | null {
  const json = data.getData(clipboardType)
  if (!json) return null
  try {
    const told = JSON.parse(json) as Piece[]
    const sound =
      Array.isArray(told) &&
      told.every(
        (p) =>
          typeof p.text === 'string' && (p.kind === 'text' || (p.kind === 'chip' && !!p.figure?.indicator)),
      )
    return sound ? told : null
  } catch {
    return null
  }
}
