/** The checklist language v1 as data; twin of backend/palmcheck/catalogue/checklist_language.py, which checks it. */

export type BothLanguages = Readonly<Record<'zh-CN' | 'en', string>>

/** When something applies; `{ all: [] }` means always. */
export type Condition =
  | { readonly question: string; readonly is: string | number | boolean }
  | { readonly target: 'kind'; readonly is: string }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }

export type QuestionKind = 'yes_no' | 'choice' | 'number' | 'text' | 'date' | 'photo'

/** What is suggested when the answer is no: 当场纠正, 责令改正, 立案. The officer decides. */
export type Consequence = 'on_the_spot' | 'order_to_correct' | 'case'

export interface LawReference {
  readonly title: string
  readonly article: string
  /** Opening words of the article, marked as such. */
  readonly excerpt?: string | null
  /** What to look up before the citation is relied on; absent: nothing is in doubt. */
  readonly doubtful?: string | null
}

/** One question. Fields that its kind does not know are absent. */
export interface Question {
  readonly key: string
  readonly text: BothLanguages
  readonly kind: QuestionKind
  readonly required: boolean
  /** May be answered "not applicable", with a reason. */
  readonly not_applicable: boolean
  /** Absent: always shown. */
  readonly show_when?: Condition | null
  /** Absent: no photo is asked for. */
  readonly photo_when?: Condition | null
  readonly options?: readonly { readonly value: string; readonly label: BothLanguages }[]
  readonly unit?: string | null
  readonly minimum?: number | null
  readonly maximum?: number | null
  /** Digits after the point; absent: none. */
  readonly decimals?: number | null
  /** Unicode code points; absent: 2000. */
  readonly max_length?: number | null
  readonly law?: readonly LawReference[]
  readonly standards?: readonly string[]
  readonly when_no?: Consequence | null
}

export interface Section {
  readonly key: string
  readonly title: BothLanguages
  readonly questions: readonly Question[]
}

export interface Checklist {
  readonly schema: 'palmcheck/checklist/v1'
  readonly code: string
  readonly version: number
  readonly title: BothLanguages
  readonly sections: readonly Section[]
}

/** By question key. Drafts may hold anything, so the rules look before they trust. */
export type Answers = Readonly<Record<string, unknown>>

/** What a condition may ask about the target. */
export interface TargetFacts {
  readonly kind: string
}

/** All questions in the order of the form, hidden ones included. */
export function questionsOf(checklist: Checklist): readonly Question[] {
  return checklist.sections.flatMap((section) => section.questions)
}
