import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { statuteDirective } from './composables/statute'
import { loadLanguage } from './i18n'
import { keepOffline } from './offline'
import { router } from './router'
import { useLook } from './stores/look'
import './styles/index.css'

async function start(): Promise<void> {
  const app = createApp(App)
  const pinia = createPinia()
  app.use(pinia)
  const look = useLook(pinia)
  app.use(await loadLanguage(look.language))
  app.directive('statute', statuteDirective)
  app.use(router)
  app.mount('#app')
}

keepOffline()
void start()
