import { readonly, ref, type Directive } from 'vue'
import type { Binding, Certainty } from '@/api/types'

/** What the line at the foot shows: an article and what it demands. */
export interface Statute {
  /** Law and article as the catalog cites them: 人民调解法 第十七条. */
  source: string
  says?: string
  binding?: Binding
  certainty?: Certainty
  /** The ledger whose catalog page has the whole. */
  ledger?: string
  /** What F1 does instead: a rule of the checker has no page in the catalog. */
  open?: () => void
}

const shown = ref<Statute | null>(null)
const told = new WeakMap<Element, Statute>()
let clock = 0

function show(statute: Statute | null, after = 80): void {
  clearTimeout(clock)
  clock = window.setTimeout(() => (shown.value = statute), after)
}

function look(event: Event): void {
  const near = event.target instanceof Element ? event.target.closest('[data-statute]') : null
  const statute = near && told.get(near)
  if (statute && statute !== shown.value) show(statute)
}

let listening = false
function listen(): void {
  if (listening) return
  listening = true
  document.addEventListener('focusin', look)
  document.addEventListener('pointerover', look)
}

/**
 * The article that governs what has the focus. A page calls set() with what governs it as a whole; parts of it
 * carry `v-statute="…"` and are followed by focus and hover.
 */
export function useStatute() {
  listen()
  return { shown: readonly(shown), set: (statute: Statute | null) => show(statute, 0) }
}

/** v-statute="statute": focus or hover on the element shows it at the foot. */
export const statuteDirective: Directive<HTMLElement, Statute | null | undefined> = {
  mounted: (el, { value }) => mark(el, value),
  updated: (el, { value }) => mark(el, value),
}

function mark(el: HTMLElement, statute: Statute | null | undefined): void {
  if (!statute?.source) {
    told.delete(el)
    el.removeAttribute('data-statute')
    return
  }
  told.set(el, statute)
  el.setAttribute('data-statute', '')
}
