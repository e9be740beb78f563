import type { Question } from '@/checklist'
import type { Answer, FoundProblem, PhotoMeta } from '@/offline'

/** All that one question's card shows. An unchanged place is the same object, so that its card is not drawn again. */
export interface Place {
  readonly question: Question
  readonly number: string
  readonly answer: Answer | undefined
  readonly faults: readonly string[]
  readonly photoAsked: boolean
  readonly photos: readonly PhotoMeta[]
  readonly problem: FoundProblem | undefined
}

/** The places as they are now; each that shows what it showed before is the one that was there before. */
export function keptPlaces(before: readonly Place[] | undefined, now: readonly Place[]): readonly Place[] {
  const known = new Map(before?.map((place) => [place.question.key, place]))
  return now.map((place) => {
    const old = known.get(place.question.key)
    return old && same(old, place) ? old : place
  })
}

function same(a: Place, b: Place): boolean {
  return a.question === b.question && a.number === b.number && a.answer === b.answer && a.photoAsked === b.photoAsked
    && a.problem === b.problem && alike(a.faults, b.faults) && alike(a.photos, b.photos)
}

function alike(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, at) => each === b[at])
}
