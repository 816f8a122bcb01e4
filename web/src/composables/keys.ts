import { getCurrentScope, onScopeDispose, shallowReactive } from 'vue'
import { useLook } from '@/stores/look'

export interface Key {
  /** 'n', '/', '?', 'enter', 'escape', 'f1', 'ctrl+enter', 'ctrl+s'; a row of keys with blanks: 'g 1'. */
  key: string
  /** What it does, for the list behind ? ; without words it is not listed. */
  says?: string
  /** False: the key is left to the page below. */
  when?: () => boolean
  run: (event: KeyboardEvent) => void
}

/** Sets of keys, the newest last: a form over a list is asked first. */
const layers = shallowReactive<Key[][]>([])
let first = ''
let firstAt = 0

function name(event: KeyboardEvent): string {
  const ctrl = event.ctrlKey || event.metaKey ? 'ctrl+' : ''
  return ctrl + event.key.toLowerCase()
}

function typing(event: KeyboardEvent): boolean {
  const at = event.target
  if (!(at instanceof HTMLElement)) return false
  return at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return
  const one = name(event)
  const special = one.startsWith('ctrl+') || one === 'escape' || one === 'f1'
  if (typing(event) && !special) return
  if (!special && !useLook().keys) return
  // Enter and blank belong to the control that has the focus.
  if (one === 'enter' && event.target instanceof Element && event.target.closest('a,button')) return
  const row = first && Date.now() - firstAt < 1200 ? `${first} ${one}` : ''
  for (const layer of [...layers].reverse())
    for (const key of layer) {
      if ((key.key !== one && key.key !== row) || (key.when && !key.when())) continue
      event.preventDefault()
      first = ''
      key.run(event)
      return
    }
  first = one
  firstAt = Date.now()
}

document.addEventListener('keydown', pressed)

/** Keys of a page or component while it stands; never while one types, off when the reader turned them off. */
export function useKeys(keys: Key[]): void {
  layers.push(keys)
  if (getCurrentScope()) onScopeDispose(() => void layers.splice(layers.indexOf(keys), 1))
}

/** All keys that work now, for the list. */
export function listKeys(): Key[] {
  return [...layers]
    .reverse()
    .flat()
    .filter((k) => k.says && (!k.when || k.when()))
}
