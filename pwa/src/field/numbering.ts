import { questionsOf, type Checklist, type Condition } from '@/checklist'

/** The question that a condition hangs on: the first one it names. */
function parentOf(condition: Condition | null | undefined): string | undefined {
  if (!condition || 'target' in condition) return undefined
  if ('question' in condition) return condition.question
  const inner = 'not' in condition ? [condition.not] : 'all' in condition ? condition.all : condition.any
  return inner.map(parentOf).find((key) => key !== undefined)
}

/**
 * Numbers that stay whatever is opened or closed: 1, 2, 3 through the whole checklist,
 * and 2.1, 2.2 for questions that only follow from the answer to question 2.
 */
export function numbersOf(checklist: Checklist): ReadonlyMap<string, string> {
  const numbers = new Map<string, string>()
  const follow = new Map<string, number>()
  let main = 0
  for (const question of questionsOf(checklist)) {
    const parent = numbers.get(parentOf(question.show_when) ?? '')
    const count = (follow.get(parent ?? '') ?? 0) + 1
    if (parent) follow.set(parent, count)
    numbers.set(question.key, parent ? `${parent}.${count}` : String(++main))
  }
  return numbers
}
