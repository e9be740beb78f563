/** What can go wrong, as the caller sees it: a refusal with a code, or no connection. */
import type { Problem } from './wire'

/** Codes that the phone itself says; their texts are in the app's own catalogue. */
export const LOCAL_CODES = [
  'offline.no_connection',
  'offline.storage_full',
  'offline.storage_unavailable',
  'offline.already_enrolled',
  'offline.not_enrolled',
  'offline.key_unavailable',
  'offline.part_unknown',
  'offline.checklist_missing',
  'offline.draft_missing',
  'offline.draft_incomplete',
  'offline.already_submitted',
  'offline.not_correctable',
  'offline.photo_missing',
  'offline.photo_damaged',
  'offline.operation_too_large',
  'offline.locked',
  'offline.pin_form',
  'offline.pin_wrong',
  'offline.pin_wait',
  'offline.pin_no_way_back',
  'offline.file_unreadable',
  'offline.file_foreign',
] as const

export type LocalCode = (typeof LOCAL_CODES)[number]

/** A problem found on the phone. `field` names what is lacking. */
export function localProblem(code: LocalCode, field?: string): Problem {
  return field === undefined ? { code } : { code, field }
}

/** The server, or the phone itself, refuses; `problem.code` says why. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'

  constructor(readonly problem: Problem) {
    super(problem.code)
  }
}

/** No answer, or none that is understood: whether the server took the request is unknown. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
  readonly problem: Problem = localProblem('offline.no_connection')
  /** Patience ran out: perhaps the request was too large for the line. */
  readonly timedOut: boolean

  constructor(reason: string, options?: ErrorOptions & { timedOut?: boolean }) {
    super(reason, options)
    this.timedOut = options?.timedOut ?? false
  }
}
