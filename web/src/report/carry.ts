import { clipboardType, readPieces } from './clipboard'
import { placeAt, select, selected } from './island'
import { move, oneLine, replace, size, take, text, words, type Piece } from './pieces'

/** What the paragraph lends to those who carry pieces of it. */
interface Paragraph {
  host: () => HTMLElement
  current: () => Piece[]
  /** Takes the pieces as a step of its own, the caret at a place. */
  step: (pieces: Piece[], at: number) => void
}

/** Copying, pasting and dragging in a paragraph: a number goes as a whole, and keeps its door. */
export function useCarry({ host, current, step }: Paragraph) {
  let dragged: { from: number; to: number } | null = null

  function copy(event: ClipboardEvent, cut: boolean): void {
    const at = selected(host())
    if (!at || at.from === at.to || !event.clipboardData) return
    event.preventDefault()
    const taken = take(current(), at.from, at.to)
    event.clipboardData.setData('text/plain', words(taken))
    event.clipboardData.setData(clipboardType, JSON.stringify(taken))
    if (cut) step(replace(current(), at.from, at.to, []), at.from)
  }
  function paste(event: ClipboardEvent): void {
    event.preventDefault()
    const at = selected(host())
    if (!at || !event.clipboardData) return
    const plain = () => [text(oneLine(event.clipboardData!.getData('text/plain')))]
    const got = readPieces(event.clipboardData) ?? plain()
    step(replace(current(), at.from, at.to, got), at.from + size(got))
  }
  function dragStart(event: DragEvent): void {
    const node = (event.target as Element).closest?.<HTMLElement>('[data-chip]')
    if (!node) return
    const place = [...host().childNodes].indexOf(node)
    select(host(), 0)
    getSelection()?.setBaseAndExtent(host(), place, host(), place + 1)
    const at = selected(host())
    if (at) dragged = { from: at.from, to: at.from + 1 }
    event.dataTransfer?.setData('text/plain', node.textContent ?? '')
  }
  function drop(event: DragEvent): void {
    event.preventDefault()
    const pieces = current()
    const at = placeAt(host(), event.clientX, event.clientY, pieces)
    host().focus({ preventScroll: true })
    if (dragged) step(move(pieces, dragged.from, dragged.to, at), at > dragged.to ? at : at + 1)
    else if (event.dataTransfer) {
      const got = [text(oneLine(event.dataTransfer.getData('text/plain')))]
      step(replace(pieces, at, at, got), at + size(got))
    }
    dragged = null
  }
  return { copy, paste, dragStart, drop }
}
