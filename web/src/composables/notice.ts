import { ref } from 'vue'
import type { RouteLocationRaw } from 'vue-router'

export interface Notice {
  text: string
  tone: 'done' | 'warn' | 'fail'
  link?: { text: string; to: RouteLocationRaw }
}

const notice = ref<Notice | null>(null)
let clock = 0

/** One sentence about what just happened, above the foot; failures stay until closed. */
export function useNotice() {
  function say(text: string, more: Partial<Omit<Notice, 'text'>> = {}): void {
    clearTimeout(clock)
    notice.value = { text, tone: 'done', ...more }
    if (notice.value.tone !== 'fail') clock = window.setTimeout(() => (notice.value = null), 8000)
  }
  const close = () => void (notice.value = null)
  return { notice, say, close }
}
