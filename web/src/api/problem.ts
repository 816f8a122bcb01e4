import type { Problem } from './types'

export type ProblemCode =
  | 'invalid'
  | 'refused'
  | 'not_found'
  | 'stale'
  | 'forbidden'
  | 'unauthenticated'
  | 'second_factor'
  | 'csrf'
  | 'too_many'
  | 'too_large'
  | 'unavailable'
  | 'internal'
  | 'fresh'
  | 'offline'
  | 'aborted'

/** What the server (or the lack of it) says went wrong; the only error the api functions throw. */
export class ApiProblem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly status: number,
    message: string,
    readonly problems: Problem[] = [],
    /** Seconds to wait, of too_many. */
    readonly retryAfter = 0,
    /** The whole answer, for the few routes that add to it (a stale report brings the other's text). */
    readonly body: unknown = null,
  ) {
    super(message)
    this.name = 'ApiProblem'
  }

  /** Messages by the field they stand under: "parties[1].name" is told under "parties". */
  get byField(): Map<string, Problem[]> {
    const found = new Map<string, Problem[]>()
    for (const problem of this.problems) {
      const field = problem.where.replace(/[[.].*$/, '')
      found.set(field, [...(found.get(field) ?? []), problem])
    }
    return found
  }

  /** What stands under no field of the page. */
  outside(fields: Iterable<string>): Problem[] {
    const known = new Set(fields)
    return this.problems.filter((p) => !known.has(p.where.replace(/[[.].*$/, '')))
  }
}

export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown
  return new ApiProblem('internal', 0, thrown instanceof Error ? thrown.message : String(thrown))
}
