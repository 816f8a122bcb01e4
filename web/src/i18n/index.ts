import { createI18n } from 'vue-i18n'
import { setLanguage } from '@/api/client'

export type Language = 'zh' | 'en'

const loaders = { zh: () => import('./zh'), en: () => import('./en') }

export const i18n = createI18n({
  legacy: false,
  locale: 'zh' as string,
  fallbackLocale: 'zh',
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
  messages: {} as Record<string, Record<string, never>>,
})

/** Fetches the words of one language and makes it the page's; the server is asked in it from then on. */
export async function loadLanguage(language: Language): Promise<typeof i18n> {
  const words = await loaders[language]()
  i18n.global.setLocaleMessage(language, words.default as never)
  i18n.global.locale.value = language
  setLanguage(language)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  return i18n
}
