import type { FigureKey, Reason, TaskKind } from '@/api/figures'
import type { Look } from '../looks'

/** The reasons by which facts count for a figure, in the order in which they are told. */
export const REASONS: Record<FigureKey, readonly Reason[]> = {
  palm_rate: ['mobile', 'desk', 'overdue'],
  due_on_time: ['on_time', 'late', 'overdue', 'pending'],
  target_completion: ['counted', 'overdue', 'pending'],
  publication_rate: ['published', 'unpublished', 'pending', 'withheld'],
  on_time_publication: ['on_time', 'late', 'unpublished', 'pending', 'withheld'],
  follow_up_rate: ['disposed', 'disposed_late', 'overdue', 'pending'],
  follow_up_closed: ['closed', 'open'],
  problem_rate: ['problem', 'no_problem'],
}

export const TASK_KINDS: readonly TaskKind[] = ['planned', 'special', 'case_lead', 'revisit', 'full_coverage']

const GOOD: Look = { tone: 'good', icon: 'check' }
const BAD: Look = { tone: 'bad', icon: 'warning' }
const LATE: Look = { tone: 'attention', icon: 'clock' }
const LOOKS: Record<Reason, Look> = {
  mobile: GOOD, on_time: GOOD, counted: GOOD, published: GOOD, disposed: GOOD, closed: GOOD, no_problem: GOOD,
  desk: { tone: 'attention', icon: 'pen' }, late: LATE, disposed_late: LATE, problem: { tone: 'attention', icon: 'info' },
  overdue: BAD, unpublished: BAD,
  pending: { tone: 'info', icon: 'half' }, open: { tone: 'info', icon: 'half' }, withheld: { tone: 'calm', icon: 'circle' },
}

/** A reason as icon and colour; the word stands beside it. */
export const lookOf = (reason: Reason): Look => LOOKS[reason]
