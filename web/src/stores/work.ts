import { defineStore } from 'pinia'
import { ref } from 'vue'
import { due } from '@/api/time'

/** The counts beside the page names in the head. */
export const useWork = defineStore('work', () => {
  const overdue = ref(0)
  let last = 0

  /** At most once a minute, unless a page that changed something forces it. */
  async function refresh(force = false): Promise<void> {
    if (!force && Date.now() - last < 60_000) return
    last = Date.now()
    try {
      // Counted over what is listed: only what is due already is asked for.
      overdue.value = (await due({ within: '0d', limit: 1000 })).overdue
    } catch {
      // A count that cannot be had is left as it was; the page itself tells what is wrong.
    }
  }

  return { overdue, refresh }
})
