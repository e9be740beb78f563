/** The life of one operation in the outbox. Pure: a state, an event, the next state. */
import type { Problem } from './wire'

export type OpState =
  | { readonly at: 'queued' }
  | { readonly at: 'sending'; readonly tries: number }
  /** Not before `until` (device clock, ms): the server asked for patience, or no answer came. */
  | { readonly at: 'waiting'; readonly until: number; readonly tries: number }
  | { readonly at: 'accepted' }
  /** Accepted while the task was withdrawn or moved: the lead decides. */
  | { readonly at: 'disputed' }
  /** Cannot be judged before the operation `by` is accepted. */
  | { readonly at: 'blocked'; readonly by: string }
  /** Stays, visible, until a corrected operation supersedes it. */
  | { readonly at: 'rejected'; readonly problem: Problem }

export type OpEvent =
  | { readonly is: 'sent' }
  | { readonly is: 'accepted' }
  | { readonly is: 'disputed' }
  | { readonly is: 'rejected'; readonly problem: Problem }
  | { readonly is: 'blocked'; readonly by: string }
  | { readonly is: 'unblocked' }
  /** No answer, or "retry later": the server may have it, so the same bytes go again. */
  | { readonly is: 'unknown'; readonly until: number }
  /** The request did not count (signed out, batch too large): back to the queue without waiting. */
  | { readonly is: 'put_back' }
  | { readonly is: 'hurried' }
  | { readonly is: 'restarted' }

/** The state after the event; an event that means nothing in this state changes nothing. */
export function nextOp(state: OpState, event: OpEvent): OpState {
  if (isTaken(state)) return state
  switch (event.is) {
    case 'sent':
      if (state.at === 'queued') return { at: 'sending', tries: 0 }
      return state.at === 'waiting' ? { at: 'sending', tries: state.tries } : state
    case 'accepted':
    case 'disputed':
      return { at: event.is }
    case 'rejected':
      return { at: 'rejected', problem: event.problem }
    case 'blocked':
      return state.at === 'sending' ? { at: 'blocked', by: event.by } : state
    case 'unblocked':
      return state.at === 'blocked' ? { at: 'queued' } : state
    case 'unknown':
      return state.at === 'sending' ? { at: 'waiting', until: event.until, tries: state.tries + 1 } : state
    case 'put_back':
    case 'restarted':
      return state.at === 'sending' ? { at: 'queued' } : state
    case 'hurried':
      return state.at === 'waiting' ? { at: 'queued' } : state
  }
}

/** The server has it for good. */
export function isTaken(state: OpState): boolean {
  return state.at === 'accepted' || state.at === 'disputed'
}
