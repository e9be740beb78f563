/** A refusal, RFC 9457. `detail` is already in the reader's language: the server follows Accept-Language. */
export interface Problem {
  code: string
  title?: string
  detail?: string
  status?: number
  field?: string
  rule?: string
  params?: Record<string, string>
}

/** The server refuses; `problem.code` says why. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'

  constructor(readonly problem: Problem) {
    super(problem.code)
  }
}

/** No answer, or none that can be understood: whether the server took the request is unknown. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
}

/** What went wrong, as a problem that has a text. A fault of our own is one too, so that none is silent. */
export function problemOf(fault: unknown): Problem {
  if (fault instanceof ProblemError) return fault.problem
  if (fault instanceof NetworkError) return { code: 'console.no_connection' }
  return { code: 'console.unexpected', detail: String(fault) }
}
