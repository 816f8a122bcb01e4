import { defineStore } from 'pinia'
import { ref, watchEffect } from 'vue'
import { loadLanguage, type Language } from '@/i18n'

export type Theme = 'system' | 'light' | 'dark' | 'contrast'

const shelf = 'yifa.look'

function kept(): Partial<{ theme: Theme; large: boolean; language: Language; keys: boolean }> {
  try {
    return JSON.parse(localStorage.getItem(shelf) ?? '{}')
  } catch {
    return {}
  }
}

/** How this reader wants the pages on this machine. */
export const useLook = defineStore('look', () => {
  const was = kept()
  const theme = ref<Theme>(was.theme ?? 'system')
  const large = ref(was.large ?? false)
  const language = ref<Language>(was.language ?? 'zh')
  const keys = ref(was.keys ?? true)
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const contrast = matchMedia('(prefers-contrast: more)')

  function draw(): void {
    const system = contrast.matches ? 'contrast' : dark.matches ? 'dark' : 'light'
    const root = document.documentElement
    root.dataset.theme = theme.value === 'system' ? system : theme.value
    root.classList.toggle('dark', root.dataset.theme === 'dark')
    root.dataset.size = large.value ? 'large' : 'usual'
  }
  dark.addEventListener('change', draw)
  contrast.addEventListener('change', draw)
  watchEffect(() => {
    draw()
    const now = { theme: theme.value, large: large.value, language: language.value, keys: keys.value }
    localStorage.setItem(shelf, JSON.stringify(now))
  })

  async function speak(to: Language): Promise<void> {
    await loadLanguage(to)
    language.value = to
  }

  return { theme, large, language, keys, speak }
})
