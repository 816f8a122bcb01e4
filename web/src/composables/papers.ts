import { sendFile } from '@/api/records'
import type { Fields, Value } from '@/api/types'
import { canSeal } from './seal'

/** A paper that could not be sent yet; the server will know it by the same hash, which is that of its bytes. */
export interface HeldPaper {
  hash: string
  name: string
  type: string
  bytes: Uint8Array<ArrayBuffer>
}

const held = new Map<string, HeldPaper>()

const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, '0')).join('')

/** Takes a paper into hand until its record goes out; null where this browser cannot. */
export async function hold(file: Blob, name: string): Promise<string | null> {
  if (!canSeal()) return null
  const bytes = new Uint8Array(await file.arrayBuffer())
  const hash = hex(await crypto.subtle.digest('SHA-256', bytes))
  held.set(hash, { hash, name, type: file.type, bytes })
  return hash
}

function* hashesIn(value: Value | undefined): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const one of value) yield* hashesIn(one)
  else if (value && typeof value === 'object') for (const one of Object.values(value)) yield* hashesIn(one)
}

/** The held papers that a form's fields name. */
export function heldIn(fields: Fields): HeldPaper[] {
  if (!held.size) return []
  return [...new Set(hashesIn(fields))].flatMap((hash) => held.get(hash) ?? [])
}

/** Sends them; a record that names them may follow. Sent twice, a paper is one. */
export async function sendHeld(papers: readonly HeldPaper[]): Promise<void> {
  for (const paper of papers) {
    await sendFile(new Blob([paper.bytes], { type: paper.type }), paper.name)
    held.delete(paper.hash)
  }
}

/** Nothing of them is left in this window. */
export const letGo = () => held.clear()
