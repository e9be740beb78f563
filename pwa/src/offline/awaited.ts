/** Whom an inspector waits for after the last upload: parts that are in, but not public yet. Pure. */
import type { OutboxRecord } from './rows'
import type { InspectionTask } from './wire'

const FIRST_MS = 1_000

/** Ids of the parts whose accepted submission is not public yet, sorted. */
export function awaitedParts(operations: Iterable<OutboxRecord>, tasks: Iterable<Pick<InspectionTask, 'parts'>>): string[] {
  const states = new Map([...tasks].flatMap((task) => task.parts.map((part) => [part.id, part.state] as const)))
  const submitted = [...operations].filter(({ operation, state }) => operation.kind === 'part.submit' && state.at === 'accepted')
  return submitted.map(({ partId }) => partId).filter((id) => (states.get(id) ?? 'published') !== 'published').sort()
}

/** When the feed is asked again for them: after 1 s, then twice as long each time, until the usual round is sooner. */
export function followUp(asked: number): number {
  return FIRST_MS * 2 ** Math.min(asked, 20)
}
