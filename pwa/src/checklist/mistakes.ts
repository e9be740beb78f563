/**
 * What keeps a draft from being a checklist, each mistake at its place. Pure.
 * Twin of checklist_drafts.py and checklist_mistakes.py; both agree on schemas/vectors/checklist_mistakes.json.
 * Whether a draft has the shape of the language at all, the server alone says: an editor makes no other.
 */
import { hasDecimals, mistakeIn } from './answers'
import { questionsOf, type BothLanguages, type Checklist, type Condition, type Question } from './language'

/** At a question or section key; empty: the form itself. Texts for people are the screen's. */
export interface Mistake { readonly key: string; readonly rule: string; readonly detail: string }

const LONGEST = 500
const DEEPEST = 8
const TARGET_KINDS = ['enterprise', 'individual_business', 'cooperative', 'product', 'project', 'behaviour']
const mistake = (key: string, rule: string, detail = ''): Mistake => ({ key, rule, detail })

/** All mistakes of a draft. Words that lack come first; only what has all its words is judged as a form. */
export function draftMistakes(draft: Checklist): Mistake[] {
  const lacking = lackingIn(draft)
  return lacking.length > 0 ? lacking : checkChecklist(draft)
}

function lackingIn(draft: Checklist): Mistake[] {
  const found = wordsOf('', 'title', draft.title)
  if (draft.sections.length === 0) found.push(mistake('', 'sections_missing'))
  for (const section of draft.sections) {
    found.push(...wordsOf(section.key, 'title', section.title))
    if (section.questions.length === 0) found.push(mistake(section.key, 'questions_missing'))
    for (const question of section.questions) found.push(...lackingInQuestion(question))
  }
  return found
}

function lackingInQuestion(question: Question): Mistake[] {
  const { key } = question
  return [
    ...wordsOf(key, 'text', question.text),
    ...(question.options ?? []).flatMap((option) => wordsOf(key, 'option', option.label)),
    ...(question.law ?? []).flatMap((law) => (['title', 'article'] as const).filter((name) => wrong(law[name])).map((name) => mistake(key, 'law_words', name))),
    ...(question.standards ?? []).filter(wrong).map((each) => mistake(key, 'standard_words', each.slice(0, 20))),
  ]
}

function wordsOf(key: string, place: string, words: BothLanguages): Mistake[] {
  return (['zh-CN', 'en'] as const).filter((language) => wrong(words[language])).map((language) => mistake(key, `${place}_words`, language))
}

function wrong(words: string): boolean {
  return words.trim() === '' || Array.from(words).length > LONGEST
}

/** All mistakes in the order of the form; a checklist with none may be published. */
export function checkChecklist(checklist: Checklist): Mistake[] {
  const all = questionsOf(checklist)
  const everything = new Set(all.map((question) => question.key))
  const found = [
    ...repeated(checklist.sections.map((section) => section.key)).map((key) => mistake(key, 'section_repeated')),
    ...repeated(all.map((question) => question.key)).map((key) => mistake(key, 'question_repeated')),
  ]
  const earlier = new Map<string, Question>()
  for (const question of all) {
    found.push(...mistakesOfKind(question), ...mistakesOfCondition(question, question.show_when, earlier, everything))
    earlier.set(question.key, question)
    found.push(...mistakesOfCondition(question, question.photo_when, earlier, everything))
  }
  return found
}

function repeated(keys: readonly string[]): string[] {
  return [...new Set(keys)].filter((key) => keys.indexOf(key) !== keys.lastIndexOf(key))
}

function mistakesOfKind(question: Question): Mistake[] {
  const { key, kind } = question
  if (kind === 'yes_no' && question.when_no && (question.law ?? []).length === 0) return [mistake(key, 'law_missing')]
  if (kind === 'choice') {
    const values = (question.options ?? []).map((option) => option.value)
    return [...(values.length < 2 ? [mistake(key, 'options_missing')] : []), ...repeated(values).map((value) => mistake(key, 'option_repeated', value))]
  }
  if (kind === 'number') return mistakesOfBounds(question)
  return kind === 'photo' && question.photo_when ? [mistake(key, 'photo_when_on_photo')] : []
}

function mistakesOfBounds({ key, minimum, maximum, decimals }: Question): Mistake[] {
  const found: Mistake[] = []
  if (minimum != null && maximum != null && minimum > maximum) found.push(mistake(key, 'bounds_crossed'))
  for (const bound of [minimum, maximum]) {
    if (bound == null) continue
    if (Math.abs(bound) > Number.MAX_SAFE_INTEGER) found.push(mistake(key, 'bound_too_large', String(bound)))
    else if (!hasDecimals(bound, decimals ?? 0)) found.push(mistake(key, 'bound_decimals', String(bound)))
  }
  return found
}

function mistakesOfCondition(question: Question, condition: Condition | null | undefined, seen: ReadonlyMap<string, Question>, everything: ReadonlySet<string>): Mistake[] {
  const { key } = question
  return walk(condition, 1).flatMap(([each, depth]) => {
    if (depth > DEEPEST) return [mistake(key, 'condition_too_deep')]
    if ('any' in each && each.any.length === 0) return [mistake(key, 'condition_never')]
    if ('target' in each && !TARGET_KINDS.includes(each.is)) return [mistake(key, 'condition_target_kind', each.is)]
    if (!('question' in each)) return []
    if (!everything.has(each.question)) return [mistake(key, 'condition_unknown_question', each.question)]
    const named = seen.get(each.question)
    if (!named) return [mistake(key, 'condition_later_question', each.question)]
    if (named.kind === 'text' || named.kind === 'photo') return [mistake(key, 'condition_on_kind', named.key)]
    return mistakeIn(named, { value: each.is }) === null ? [] : [mistake(key, 'condition_impossible', named.key)]
  })
}

/** A condition and those within it, down to one level too deep. */
function walk(condition: Condition | null | undefined, depth: number): [Condition, number][] {
  if (!condition) return []
  const here: [Condition, number] = [condition, depth]
  if (depth > DEEPEST) return [here]
  const inner = 'all' in condition ? condition.all : 'any' in condition ? condition.any : 'not' in condition ? [condition.not] : []
  return [here, ...inner.flatMap((each) => walk(each, depth + 1))]
}
