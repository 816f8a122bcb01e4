import { shelf } from './shelf'

// What waits on this machine may hold names and photos: it lies there sealed. The key belongs to one account, never
// leaves the browser (it cannot be read, only used) and goes when its owner signs out.

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>
  bytes: ArrayBuffer
}

/** Browsers seal on TLS and on this machine only; elsewhere nothing is kept. */
export const canSeal = (): boolean => !!globalThis.crypto?.subtle

async function keyOf(user: string): Promise<CryptoKey> {
  const kept = await shelf.get<CryptoKey>('keys', user)
  if (kept) return kept
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  try {
    await shelf.add('keys', user, made)
    return made
  } catch {
    // Another window made one meanwhile.
    return (await shelf.get<CryptoKey>('keys', user)) ?? made
  }
}

export async function seal(user: string, bytes: Uint8Array<ArrayBuffer>): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(user), bytes) }
}

/** Throws where the key is gone or another's. */
export async function unseal(user: string, sealed: Sealed): Promise<Uint8Array<ArrayBuffer>> {
  const key = await keyOf(user)
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, key, sealed.bytes))
}

/** Whatever was sealed for this account cannot be opened any more. */
export const dropKey = (user: string) => shelf.drop('keys', user)
