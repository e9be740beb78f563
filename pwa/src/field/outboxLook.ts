import type { OutboxRow } from '@/offline'
import type { IconName } from '@/ui/icons'
import type { Tone } from './tasks'

export interface Look {
  readonly word: 'queued' | 'sending' | 'waiting' | 'accepted' | 'disputed' | 'blocked' | 'rejected' | 'photos'
  readonly tone: Tone
  readonly icon: IconName
  /** A sentence more, where the word alone leaves a question open. */
  readonly hint?: 'waiting' | 'blocked' | 'disputed'
}

/** How a row of the outbox looks. "Sent" is said only when the server has the record and every photo. */
export function lookOf(row: OutboxRow): Look {
  switch (row.state.at) {
    case 'queued': return { word: 'queued', tone: 'attention', icon: 'outbox' }
    case 'sending': return { word: 'sending', tone: 'info', icon: 'refresh' }
    case 'waiting': return { word: 'waiting', tone: 'attention', icon: 'clock', hint: 'waiting' }
    case 'blocked': return { word: 'blocked', tone: 'attention', icon: 'clock', hint: 'blocked' }
    case 'disputed': return { word: 'disputed', tone: 'attention', icon: 'warning', hint: 'disputed' }
    case 'rejected': return { word: 'rejected', tone: 'bad', icon: 'warning' }
    case 'accepted': return row.photos.sent < row.photos.total ? { word: 'photos', tone: 'info', icon: 'camera' } : { word: 'accepted', tone: 'good', icon: 'check' }
  }
}
