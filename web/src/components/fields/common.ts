import type { Field, Problem, Value } from '@/api/types'

/** What every control of a field takes; all emit update:modelValue. */
export interface FieldProps {
  field: Field
  id: string
  modelValue: Value | undefined
  problems: readonly Problem[]
  described?: string
  disabled?: boolean
  /** The office the record belongs to: where offices and links are looked for first. */
  org?: string
  /** The ledger, for links that look into it. */
  ledger?: string
}

/** Nothing was filled: absent, not an empty text. */
export const filled = (v: Value | undefined): boolean =>
  v !== undefined && v !== null && v !== '' && !(Array.isArray(v) && v.length === 0)
