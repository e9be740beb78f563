import { questionsOf, type Checklist, type Question } from '@/checklist'

/** What a later version of a checklist changes, question by question. Pure: values go in and out, words are the screen's. */
export type ChecklistChange =
  | { readonly is: 'title'; readonly before: Checklist; readonly now: Checklist }
  | { readonly is: 'added'; readonly now: Question }
  | { readonly is: 'removed'; readonly before: Question }
  | { readonly is: 'changed'; readonly before: Question; readonly now: Question }
  | { readonly is: 'moved'; readonly now: Question }
  | { readonly is: 'sections'; readonly before: Checklist; readonly now: Checklist }

/** Absent, null and what a field stands for when it is absent are the same. */
const usual: Partial<Record<keyof Question, unknown>> = { law: [], standards: [], decimals: 0, max_length: 2000 }
function plain(question: Question): string {
  const said = Object.entries(question).filter(([key, value]) => value !== null && value !== undefined && JSON.stringify(value) !== JSON.stringify(usual[key as keyof Question]))
  return JSON.stringify(said.sort(([left], [right]) => left.localeCompare(right)), (_key, value: unknown) => value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null).sort(([left], [right]) => left.localeCompare(right))) : value)
}

export function checklistChanges(before: Checklist, now: Checklist): readonly ChecklistChange[] {
  const [old, fresh] = [questionsOf(before), questionsOf(now)]
  const [was, is] = [new Map(old.map((each) => [each.key, each])), new Map(fresh.map((each) => [each.key, each]))]
  const found: ChecklistChange[] = []
  if (JSON.stringify(before.title) !== JSON.stringify(now.title)) found.push({ is: 'title', before, now })
  const titles = (form: Checklist) => JSON.stringify(form.sections.map((each) => each.title))
  if (titles(before) !== titles(now)) found.push({ is: 'sections', before, now })
  const stayed = [old.filter((each) => is.has(each.key)).map((each) => each.key), fresh.filter((each) => was.has(each.key)).map((each) => each.key)] as const
  const still = longestCommon(stayed[0], stayed[1])
  for (const question of fresh) {
    const earlier = was.get(question.key)
    if (!earlier) found.push({ is: 'added', now: question })
    else if (plain(earlier) !== plain(question)) found.push({ is: 'changed', before: earlier, now: question })
    else if (!still.has(question.key)) found.push({ is: 'moved', now: question })
  }
  return [...found, ...old.filter((each) => !is.has(each.key)).map((each) => ({ is: 'removed', before: each }) as const)]
}

/** The keys that kept their order; the others were moved. */
function longestCommon(left: readonly string[], right: readonly string[]): ReadonlySet<string> {
  const place = new Map(right.map((key, at) => [key, at]))
  const best: { keys: readonly string[]; last: number }[] = []
  for (const key of left) {
    const at = place.get(key) ?? -1
    const longest = best.filter((each) => each.last < at).reduce<readonly string[]>((most, each) => each.keys.length > most.length ? each.keys : most, [])
    best.push({ keys: [...longest, key], last: at })
  }
  return new Set(best.reduce<readonly string[]>((most, each) => each.keys.length > most.length ? each.keys : most, []))
}
