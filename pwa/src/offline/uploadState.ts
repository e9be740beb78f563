/** The life of one photo's upload. Pure: a state, an event, the next state. */
import type { Problem } from './wire'

export type UploadState =
  | { readonly at: 'queued' }
  | { readonly at: 'sending'; readonly tries: number }
  | { readonly at: 'waiting'; readonly until: number; readonly tries: number }
  /** The server said that it has the whole length; the bytes are still kept here. */
  | { readonly at: 'stored' }
  /** Part complete, bytes deleted here. */
  | { readonly at: 'released' }
  /** Cannot go as it is; tried again only on request. */
  | { readonly at: 'failed'; readonly problem: Problem }

export type UploadEvent =
  | { readonly is: 'sent' }
  | { readonly is: 'stored' }
  | { readonly is: 'released' }
  | { readonly is: 'failed'; readonly problem: Problem }
  | { readonly is: 'unknown'; readonly until: number }
  | { readonly is: 'put_back' }
  | { readonly is: 'hurried' }
  | { readonly is: 'restarted' }

/** The state after the event; an event that means nothing in this state changes nothing. */
export function nextUpload(state: UploadState, event: UploadEvent): UploadState {
  if (state.at === 'released') return state
  if (state.at === 'stored') return event.is === 'released' ? { at: 'released' } : state
  switch (event.is) {
    case 'sent':
      if (state.at === 'queued') return { at: 'sending', tries: 0 }
      return state.at === 'waiting' ? { at: 'sending', tries: state.tries } : state
    case 'stored':
      return { at: 'stored' }
    case 'released':
      return state // bytes go only after the server said that it has them
    case 'failed':
      return state.at === 'sending' ? { at: 'failed', problem: event.problem } : state
    case 'unknown':
      return state.at === 'sending' ? { at: 'waiting', until: event.until, tries: state.tries + 1 } : state
    case 'put_back':
    case 'restarted':
      return state.at === 'sending' ? { at: 'queued' } : state
    case 'hurried':
      return state.at === 'waiting' || state.at === 'failed' ? { at: 'queued' } : state
  }
}

/** The server has the whole photo. */
export function isStored(state: UploadState): boolean {
  return state.at === 'stored' || state.at === 'released'
}
