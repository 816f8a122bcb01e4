import { size, text, tidy, type ChipPiece, type Piece } from './pieces'

// The paragraph that is edited, as the browser holds it: text nodes and chips that cannot be entered. Vue does not
// draw it; it is drawn from the pieces and read back into them, so that typing Chinese stays the browser's own work.

/** Lets the caret stand beside a chip where no words do; never part of the text. */
const gap = '\u200b'

/** Draws the pieces; the chips' place in `chips` is their name in the page. */
export function draw(
  host: HTMLElement,
  pieces: readonly Piece[],
  chips: ChipPiece[],
  make: (chip: ChipPiece) => HTMLElement,
): void {
  const nodes: Node[] = []
  let last: Piece['kind'] | '' = ''
  for (const piece of pieces) {
    if (piece.kind === 'text') nodes.push(document.createTextNode(piece.text))
    else {
      if (last !== 'text') nodes.push(document.createTextNode(gap))
      nodes.push(chipNode(piece, chips, make))
    }
    last = piece.kind
  }
  if (last !== 'text') nodes.push(document.createTextNode(gap))
  host.replaceChildren(...nodes)
}

function chipNode(piece: ChipPiece, chips: ChipPiece[], make: (chip: ChipPiece) => HTMLElement): HTMLElement {
  const node = make(piece)
  node.contentEditable = 'false'
  node.draggable = true
  node.dataset.chip = String(chips.push(piece) - 1)
  return node
}

const own = (node: Node): string => (node.nodeValue ?? '').replaceAll(gap, '')
const isChip = (node: Node): node is HTMLElement =>
  node instanceof HTMLElement && node.dataset.chip !== undefined

export function read(host: Node, chips: readonly ChipPiece[]): Piece[] {
  const made: Piece[] = []
  const walk = (node: Node) => {
    if (node.nodeType === Node.TEXT_NODE) made.push(text(own(node).replaceAll('\u00a0', ' ')))
    else if (isChip(node)) {
      const chip = chips[Number(node.dataset.chip)]
      if (chip) made.push(chip)
    } else node.childNodes.forEach(walk)
  }
  host.childNodes.forEach(walk)
  return tidy(made)
}

/** The place of a point of the page in the paragraph, as pieces count. */
export function placeOf(host: Node, node: Node, offset: number): number {
  let at = 0
  let found = -1
  const walk = (one: Node): void => {
    if (found >= 0) return
    if (one === node) {
      if (one.nodeType === Node.TEXT_NODE)
        found = at + (one.nodeValue ?? '').slice(0, offset).replaceAll(gap, '').length
      else if (isChip(one)) found = at + (offset > 0 ? 1 : 0)
      else {
        one.childNodes.forEach((child, i) => {
          if (i < offset) walk(child)
        })
        found = found >= 0 ? found : at
      }
      return
    }
    if (one.nodeType === Node.TEXT_NODE) at += own(one).length
    else if (isChip(one)) {
      if (one.contains(node)) found = at + 1
      at += 1
    } else one.childNodes.forEach(walk)
  }
  walk(host)
  return found >= 0 ? found : at
}

/** Where the caret or the selection stands; null when it is elsewhere. */
export function selected(host: HTMLElement): { from: number; to: number } | null {
  const now = getSelection()
  if (!now?.rangeCount || !host.contains(now.anchorNode) || !host.contains(now.focusNode)) return null
  const range = now.getRangeAt(0)
  return {
    from: placeOf(host, range.startContainer, range.startOffset),
    to: placeOf(host, range.endContainer, range.endOffset),
  }
}

function pointAt(host: HTMLElement, place: number): [Node, number] {
  let at = 0
  for (const node of host.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      const length = own(node).length
      // Behind a chip the words begin: stand in them, not at the chip.
      if (place <= at + length) {
        const value = node.nodeValue ?? ''
        const lead = value.startsWith(gap) ? 1 : 0
        return [node, Math.min(value.length, place - at + lead)]
      }
      at += length
    } else if (isChip(node)) at += 1
  }
  const last = host.lastChild
  return last?.nodeType === Node.TEXT_NODE
    ? [last, last.nodeValue?.length ?? 0]
    : [host, host.childNodes.length]
}

export function select(host: HTMLElement, from: number, to = from): void {
  const range = document.createRange()
  range.setStart(...pointAt(host, from))
  range.setEnd(...pointAt(host, to))
  const now = getSelection()
  now?.removeAllRanges()
  now?.addRange(range)
}

/** The place under a point of the screen; the end when it is none of the paragraph. */
export function placeAt(host: HTMLElement, x: number, y: number, pieces: readonly Piece[]): number {
  type Legacy = { caretRangeFromPoint?: (x: number, y: number) => Range | null }
  const modern = document.caretPositionFromPoint?.(x, y)
  if (modern && host.contains(modern.offsetNode)) return placeOf(host, modern.offsetNode, modern.offset)
  const legacy = (document as unknown as Legacy).caretRangeFromPoint?.(x, y)
  if (legacy && host.contains(legacy.startContainer))
    return placeOf(host, legacy.startContainer, legacy.startOffset)
  return size(pieces)
}
