/**
 * What an on-site record needs to be whole, and the result that follows from it. Pure.
 * Twin of backend/palmcheck/inspections/on_site_rules.py; both agree on schemas/vectors/on_site.json.
 */
import { lawDay } from './lawDay'
import type { Consequence } from './language'
import type { ResultCode } from './resultCodes'

export type OutcomeKind = 'closed' | 'not_found' | 'refused' | 'unreachable'
export type Need = 'photo' | 'position' | 'note' | 'witness' | 'attempts'
export type LackRule = Need | 'not_asked' | 'party' | 'rights' | 'certificates' | 'words' | 'due' | 'question' | 'twice'

/** One thing that a record lacks. Texts for people are the screen's. */
export interface Lack { readonly field: string; readonly rule: LackRule }

/** The evidence of each result of its own. `witness`: a witness who signs, or a photo. */
export const NEEDS: Readonly<Record<OutcomeKind, readonly Need[]>> = {
  closed: ['photo', 'position'],
  not_found: ['note', 'photo', 'position'],
  refused: ['note', 'witness'],
  unreachable: ['attempts'],
}

export const OUTCOME_CODES: Readonly<Record<OutcomeKind, ResultCode>> = {
  closed: 'business_not_carried_on',
  not_found: 'cannot_be_contacted',
  refused: 'refused_to_cooperate',
  unreachable: 'cannot_be_contacted',
}

interface WitnessLike { readonly name: string; readonly strokes: readonly (readonly number[])[] }
interface OutcomeLike {
  readonly kind: OutcomeKind
  readonly note: string | null
  readonly photo_ids: readonly string[]
  readonly position: object | null
  readonly no_position_because: string | null
  readonly witness: WitnessLike | null
  readonly attempts: readonly { readonly at: string }[]
}
interface ProblemLike {
  readonly id: string
  readonly question_key: string | null
  readonly what: string
  readonly handling: Consequence
  readonly due_on: string | null
  readonly photo_ids: readonly string[]
}
type PartyLike =
  | { readonly kind: 'signed' }
  | { readonly kind: 'refused'; readonly reason: string; readonly witness?: WitnessLike | null; readonly photo_ids?: readonly string[] }

/** What the rules look at: a submission, or a draft on its way to one. */
export interface OnSiteRecord {
  readonly answers: Readonly<Record<string, unknown>>
  readonly photos: readonly { readonly id: string }[]
  readonly outcome: OutcomeLike | null
  readonly party: PartyLike | null
  readonly rights_read_at: string | null
  readonly certificates_shown: readonly { readonly inspector_id: string; readonly certificate_number: string }[]
  readonly problems: readonly ProblemLike[]
  readonly expert_findings: readonly { readonly photo_ids: readonly string[] }[]
  /** RFC 3339 UTC. */
  readonly left_at: string
}

/**
 * What the record lacks beside its checklist's answers; nothing if the list is empty.
 * `answeredNo`: keys of shown questions answered no; `attempts`: how many to reach a party are asked for.
 */
export function lacking(record: OnSiteRecord, officers: readonly string[], answeredNo: readonly string[], attempts: number): Lack[] {
  const { outcome } = record
  const photos = new Set(record.photos.map((photo) => photo.id))
  const found = outcome ? ofOutcome(outcome, photos, attempts) : []
  if (outcome && Object.keys(record.answers).length > 0) found.push({ field: 'answers', rule: 'not_asked' })
  if (outcome && record.problems.length > 0) found.push({ field: 'problems', rule: 'not_asked' })
  const shown = new Set(record.certificates_shown.filter((each) => !isBlank(each.certificate_number)).map((each) => each.inspector_id))
  const met = outcome === null || outcome.kind === 'refused'
  if (met && officers.some((officer) => !shown.has(officer))) found.push({ field: 'certificates_shown', rule: 'certificates' })
  if (!outcome && record.rights_read_at === null) found.push({ field: 'rights_read_at', rule: 'rights' })
  found.push(...ofParty(record.party, photos, outcome === null), ...ofProblems(record.problems, photos, new Set(answeredNo), lawDay(record.left_at)))
  record.expert_findings.forEach((each, at) => {
    if (!holds(photos, each.photo_ids)) found.push({ field: `expert_findings.${at}.photo_ids`, rule: 'photo' })
  })
  return found
}

function ofOutcome(outcome: OutcomeLike, photos: ReadonlySet<string>, attempts: number): Lack[] {
  const needs = NEEDS[outcome.kind]
  const named = holds(photos, outcome.photo_ids)
  const there = named && outcome.photo_ids.length > 0
  const found: Lack[] = []
  if (needs.includes('note') && isBlank(outcome.note)) found.push({ field: 'outcome.note', rule: 'note' })
  if ((needs.includes('photo') && !there) || !named) found.push({ field: 'outcome.photo_ids', rule: 'photo' })
  if (needs.includes('position') && !outcome.position && !outcome.no_position_because) found.push({ field: 'outcome.position', rule: 'position' })
  if (needs.includes('witness') && !there && !stands(outcome.witness)) found.push({ field: 'outcome.witness', rule: 'witness' })
  const times = new Set(outcome.attempts.map((each) => Date.parse(each.at)))
  if (needs.includes('attempts') && times.size < attempts) found.push({ field: 'outcome.attempts', rule: 'attempts' })
  return found
}

function ofParty(party: PartyLike | null, photos: ReadonlySet<string>, needed: boolean): Lack[] {
  if (!party) return needed ? [{ field: 'party', rule: 'party' }] : []
  if (party.kind === 'signed') return []
  const found: Lack[] = isBlank(party.reason) ? [{ field: 'party.reason', rule: 'words' }] : []
  const own = party.photo_ids ?? []
  if (!holds(photos, own)) return [...found, { field: 'party.photo_ids', rule: 'photo' }]
  return own.length > 0 || stands(party.witness ?? null) ? found : [...found, { field: 'party.witness', rule: 'witness' }]
}

function ofProblems(problems: readonly ProblemLike[], photos: ReadonlySet<string>, no: ReadonlySet<string>, on: string): Lack[] {
  const seen = new Set<string>()
  return problems.flatMap((problem, at) => {
    const key = problem.question_key ?? problem.id
    const inTime = problem.due_on !== null && problem.due_on >= on
    const rules: [string, LackRule, boolean][] = [
      ['what', 'words', isBlank(problem.what)],
      ['due_on', 'due', (problem.handling === 'order_to_correct') !== inTime],
      ['photo_ids', 'photo', !holds(photos, problem.photo_ids)],
      ['question_key', 'question', problem.question_key !== null && !no.has(problem.question_key)],
      ['question_key', 'twice', seen.has(key)],
    ]
    seen.add(key)
    return rules.filter(([, , broken]) => broken).map(([field, rule]) => ({ field: `problems.${at}.${field}`, rule }))
  })
}

const holds = (photos: ReadonlySet<string>, ids: readonly string[]) => ids.every((id) => photos.has(id))

function stands(witness: WitnessLike | null): boolean {
  return witness !== null && !isBlank(witness.name) && witness.strokes.some((stroke) => stroke.length > 0)
}

/** Whether nothing was said. */
export function isBlank(words: string | null): boolean {
  return (words ?? '').trim() === ''
}

/**
 * What a part comes to: its outcome, else the gravest of what was found; the officer's handling goes before
 * the checklist's suggestion (`consequences`: by question answered no).
 */
export function resultCode(outcome: Pick<OutcomeLike, 'kind'> | null, consequences: Readonly<Record<string, Consequence | null>>, problems: readonly Pick<ProblemLike, 'id' | 'question_key' | 'handling'>[]): ResultCode {
  if (outcome) return OUTCOME_CODES[outcome.kind]
  const decided = { ...consequences, ...Object.fromEntries(problems.map((each) => [each.question_key ?? each.id, each.handling])) }
  const found = Object.values(decided).filter((each) => each !== null)
  if (found.includes('case')) return 'awaiting_follow_up'
  return found.length > 0 ? 'ordered_to_correct' : 'no_problem_found'
}
