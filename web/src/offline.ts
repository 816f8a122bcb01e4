/** Lets a form that was opened once survive losing the network. Browsers allow it on TLS and on this machine only. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => {}))
}

/** After signing out: what was kept of this reader goes. */
export function forgetOffline(): void {
  navigator.serviceWorker?.controller?.postMessage('forget')
}
