import type { Reason, Stage } from '@/api/publication'
import type { IconName } from '@/ui/icons'

/** How each stage looks: always an icon and a word. */
export const stageLooks: Readonly<Record<Stage, { tone: 'good' | 'attention' | 'bad' | 'info' | 'calm'; icon: IconName }>> = {
  expected: { tone: 'calm', icon: 'circle' },
  in_review: { tone: 'info', icon: 'half' },
  returned: { tone: 'attention', icon: 'undo' },
  proposed: { tone: 'attention', icon: 'half' },
  ready: { tone: 'info', icon: 'clock' },
  published: { tone: 'good', icon: 'check' },
  withheld: { tone: 'calm', icon: 'cross' },
  withdrawn: { tone: 'calm', icon: 'cross' },
}

export const stages = Object.keys(stageLooks) as readonly Stage[]

export const reasons = ['entry_error', 'name_error', 'objection_upheld', 'court_or_review_decision', 'checked_again'] as const satisfies readonly Reason[]
