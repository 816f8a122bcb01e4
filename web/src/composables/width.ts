import { onScopeDispose, ref } from 'vue'

function useMedia(rule: string) {
  const media = matchMedia(rule)
  const on = ref(media.matches)
  const turn = () => (on.value = media.matches)
  media.addEventListener('change', turn)
  onScopeDispose(() => media.removeEventListener('change', turn))
  return on
}

/** One column and the rules for a hand: below 760 px. */
export const usePhone = () => useMedia('(max-width: 759px)')
/** The right column becomes a drawer: below 1200 px. */
export const useNarrow = () => useMedia('(max-width: 1199px)')
