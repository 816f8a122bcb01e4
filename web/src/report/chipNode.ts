import { digits } from '@/text/number'
import type { ChipPiece } from './pieces'

const part = (name: 'span' | 'i', className: string, words: string) =>
  Object.assign(document.createElement(name), { className, textContent: words })

/** A figure as it stands in the paragraph that is edited: drawn like FigureChip, but held, not opened. */
export function chipNode(chip: ChipPiece): HTMLElement {
  const number = /\d/.test(chip.text)
  const stale = chip.figure.status === 'stale' && number && chip.figure.now !== ''
  const node = part('span', `fig${stale ? ' stale' : ''}${number ? '' : ' zero'}`, '')
  if (stale) node.append(part('span', 'old', chip.text))
  node.append(digits(stale ? chip.figure.now : chip.text) + (chip.unit === '%' ? '%' : ''))
  if (chip.unit && chip.unit !== '%') node.append(part('i', '', chip.unit))
  node.title = chip.figure.label
  return node
}
