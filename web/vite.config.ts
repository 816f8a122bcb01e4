import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import Components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vite'

// The program embeds what tools/build_web.sh makes (build/web). Its policy is default-src 'self': no inline script or style may be
// made here, which is why assets are never inlined and the preload polyfill stays out.
export default defineConfig({
  base: '/',
  plugins: [
    vue(),
    // Only Element Plus is found by name; our own components are imported where they are used.
    Components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: fileURLToPath(new URL('../build/web-try', import.meta.url)),
    emptyOutDir: true,
    manifest: true,
    target: ['chrome100', 'firefox100', 'safari16'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'vue', test: /node_modules[\\/](@vue|vue|vue-router|pinia|vue-i18n|@intlify)[\\/]/ },
            { name: 'charts', test: /node_modules[\\/](echarts|zrender)[\\/]/ },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    proxy: {
      '/api': { target: process.env.YIFA_SERVER ?? 'http://127.0.0.1:8080' },
      '/public/': { target: process.env.YIFA_SERVER ?? 'http://127.0.0.1:8080' },
    },
  },
  optimizeDeps: { include: ['vue', 'vue-router', 'pinia', 'vue-i18n'] },
})
