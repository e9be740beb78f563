/**
 * What a checklist means: which questions are shown, which ask for photos, what is wrong with answers. Pure.
 * Twin of backend/palmcheck/catalogue/checklist_rules.py; both agree on schemas/vectors/checklist.json.
 */
import { isBlank, isNotApplicable, mistakeIn, valueOf, type Rule } from './answers'
import { questionsOf, type Answers, type Checklist, type Condition, type Question, type TargetFacts } from './language'

/** One thing wrong with the answers. Texts for people are the screen's. */
export interface Finding {
  readonly question_key: string
  readonly rule: Rule
}

/** Keys of the questions that are shown. A condition sees earlier questions only, so there are no circles. */
export function visibleQuestions(checklist: Checklist, answers: Answers, target: TargetFacts): ReadonlySet<string> {
  const shown = new Set<string>()
  for (const { key, show_when: condition } of questionsOf(checklist)) {
    if (!condition || holds(condition, answers, shown, target)) shown.add(key)
  }
  return shown
}

/**
 * Keys of the questions that ask for at least one photo now.
 * What is hidden, not applicable, or optional and left out asks for none.
 */
export function photoQuestions(checklist: Checklist, answers: Answers, target: TargetFacts): ReadonlySet<string> {
  const shown = visibleQuestions(checklist, answers, target)
  const asking = questionsOf(checklist).filter(
    (question) => shown.has(question.key) && asksForPhoto(question, answers, shown, target),
  )
  return new Set(asking.map((question) => question.key))
}

/** The answers to shown questions, in the order of the form: what a submission carries. */
export function visibleAnswers<A>(
  checklist: Checklist,
  answers: Readonly<Record<string, A>>,
  target: TargetFacts,
): Record<string, A> {
  const shown = visibleQuestions(checklist, answers, target)
  const given = new Map(Object.entries(answers))
  return Object.fromEntries(
    questionsOf(checklist).flatMap(({ key }) => {
      const answer = given.get(key)
      return shown.has(key) && answer !== undefined ? [[key, answer] as const] : []
    }),
  )
}

/**
 * What is wrong with the answers: nothing if the list is empty (S2 二(六): every item is answered).
 * By the order of the questions, then unknown questions by code point. Photos of a hidden question are kept as they
 * are: evidence is never refused.
 */
export function validate(
  checklist: Checklist,
  answers: Answers,
  photosByQuestion: Readonly<Record<string, number>>,
  target: TargetFacts,
): Finding[] {
  const shown = visibleQuestions(checklist, answers, target)
  const asked = photoQuestions(checklist, answers, target)
  const photos = new Map(Object.entries(photosByQuestion))
  const found: Finding[] = []
  for (const question of questionsOf(checklist)) {
    const rule = brokenRule(question, answers, shown.has(question.key))
    if (rule) found.push({ question_key: question.key, rule })
    if (asked.has(question.key) && (photos.get(question.key) ?? 0) < 1) {
      found.push({ question_key: question.key, rule: 'photo' })
    }
  }
  const known = new Set(questionsOf(checklist).map((question) => question.key))
  const given = new Set([...Object.keys(answers), ...photos.keys()])
  const unknown = [...given].filter((key) => !known.has(key)).sort(byCodePoint)
  return [...found, ...unknown.map((key) => ({ question_key: key, rule: 'unknown_question' as const }))]
}

function brokenRule(question: Question, answers: Answers, shown: boolean): Rule | null {
  const given = Object.hasOwn(answers, question.key)
  if (!shown) return given ? 'hidden' : null
  if (question.required && !isAnswered(question, answers)) {
    // A photo question is answered by its photos: what it lacks is told as "photo".
    return question.kind === 'photo' ? null : 'required'
  }
  return given ? mistakeIn(question, answers[question.key]) : null
}

function isAnswered(question: Question, answers: Answers): boolean {
  return Object.hasOwn(answers, question.key) && !isBlank(question, answers[question.key])
}

function asksForPhoto(
  question: Question,
  answers: Answers,
  shown: ReadonlySet<string>,
  target: TargetFacts,
): boolean {
  if (isNotApplicable(answers[question.key])) return false
  if (question.kind === 'photo') return question.required
  if (!question.photo_when || !(question.required || isAnswered(question, answers))) return false
  return holds(question.photo_when, answers, shown, target)
}

/** A comparison with a hidden, unanswered or not applicable question is false, whatever it is compared with. */
function holds(condition: Condition, answers: Answers, shown: ReadonlySet<string>, target: TargetFacts): boolean {
  if ('question' in condition) {
    return shown.has(condition.question) && valueOf(answers[condition.question]) === condition.is
  }
  if ('target' in condition) return target[condition.target] === condition.is
  if ('all' in condition) return condition.all.every((each) => holds(each, answers, shown, target))
  if ('any' in condition) return condition.any.some((each) => holds(each, answers, shown, target))
  return !holds(condition.not, answers, shown, target)
}

/** JavaScript sorts by UTF-16 units, Python by code points. */
function byCodePoint(left: string, right: string): number {
  const [a, b] = [Array.from(left), Array.from(right)]
  const at = a.findIndex((character, index) => character !== b[index])
  if (at < 0) return a.length - b.length
  return (a[at]?.codePointAt(0) ?? -1) - (b[at]?.codePointAt(0) ?? -1)
}
