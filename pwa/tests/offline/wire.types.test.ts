/**
 * The phone's wire types against the API's documents. Types are judged by vue-tsc, not at run time:
 * `toEqualTypeOf` and `toExtend` do not compile when the two drift apart.
 */
import { readFileSync } from 'node:fs'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { components, operations } from '@/api/schema'
import type * as Wire from '../../src/offline/wire'
import type { components as definitions } from './operationSchema'

type Api = components['schemas']
type Operations = definitions['schemas']
type BodyOf<Id extends 'enrolDevice' | 'signIn' | 'challengeSession' | 'resumeSession' | 'pushOperations'> =
  operations[Id]['requestBody']['content']['application/json']
type Created<Id extends 'enrolDevice' | 'signIn' | 'challengeSession' | 'resumeSession'> =
  operations[Id]['responses'][201]['content']['application/json']
type Ok<Id extends 'pullChanges' | 'pushOperations'> = operations[Id]['responses'][200]['content']['application/json']

/** The document lets sections and questions be anything beside what they are; the checklist tests judge those. */
type ApiQuestion =
  | Api['YesNoQuestion']
  | Api['ChoiceQuestion']
  | Api['NumberQuestion']
  | Api['TextQuestion']
  | Api['DateQuestion']
  | Api['PhotoQuestion']
/** A condition is one of five forms, which the document cannot say. */
type Unconditional<Q> = Omit<Q, 'show_when' | 'photo_when'>
type WithoutContent<Version> = Omit<Version, 'content'>
type EachOf<T, Kind> = Extract<T, { kind: Kind }>

describe('what a phone is told has the types of the API', () => {
  it('enrolment and session', () => {
    expectTypeOf<Created<'enrolDevice'>>().toEqualTypeOf<Wire.Enrolled>()
    expectTypeOf<Created<'signIn'>>().toEqualTypeOf<Wire.Me>()
    expectTypeOf<Created<'resumeSession'>>().toEqualTypeOf<Wire.Me>()
    expectTypeOf<Created<'challengeSession'>>().toEqualTypeOf<{ challenge: string }>()
  })

  it('the page of the feed and each kind of change', () => {
    type Page = Ok<'pullChanges'>
    type Change = Page['changes'][number]
    expectTypeOf<Omit<Page, 'changes'>>().toEqualTypeOf<Omit<Wire.Changes, 'changes'>>()
    expectTypeOf<Change['kind']>().toExtend<Wire.Change['kind']>() // the phone knows `withdrawn` already
    expectTypeOf<EachOf<Change, 'inspection'>>().toEqualTypeOf<EachOf<Wire.Change, 'inspection'>>()
    expectTypeOf<EachOf<Change, 'part_state'>>().toEqualTypeOf<EachOf<Wire.Change, 'part_state'>>()
    expectTypeOf<Omit<EachOf<Change, 'checklist'>, 'checklist'>>().toEqualTypeOf<Omit<EachOf<Wire.Change, 'checklist'>, 'checklist'>>()
  })

  it('checklists', () => {
    expectTypeOf<WithoutContent<Api['ChecklistVersionView']>>().toEqualTypeOf<WithoutContent<Wire.ChecklistVersion>>()
    expectTypeOf<Omit<Api['Checklist'], 'sections'>>().toEqualTypeOf<Omit<Wire.Checklist, 'sections'>>()
    expectTypeOf<Omit<Api['Section'], 'questions'>>().toEqualTypeOf<Omit<Wire.Checklist['sections'][number], 'questions'>>()
    expectTypeOf<Unconditional<ApiQuestion>>().toExtend<Unconditional<Wire.Question>>()
    expectTypeOf<ApiQuestion['kind']>().toEqualTypeOf<Wire.QuestionKind>()
    expectTypeOf<Wire.Condition>().toExtend<Api['Condition']>()
  })

  it('verdicts', () => {
    type Verdict = Ok<'pushOperations'>['verdicts'][number]
    expectTypeOf<Omit<Verdict, 'problem'>>().toEqualTypeOf<Omit<Wire.Verdict, 'problem'>>()
    expectTypeOf<Verdict['problem']>().toEqualTypeOf<Record<string, unknown> | null | undefined>()
  })
})

describe('what a phone says has the types of the API, and nothing that it does not know', () => {
  it('enrolment and session', () => {
    expectTypeOf<Wire.Enrolment>().toExtend<BodyOf<'enrolDevice'>>()
    expectTypeOf<keyof Wire.Enrolment>().toEqualTypeOf<keyof BodyOf<'enrolDevice'>>()
    expectTypeOf<keyof Wire.Enrolment['public_key']>().toEqualTypeOf<keyof Api['PublicKey']>()
    expectTypeOf<Wire.SignIn>().toExtend<BodyOf<'signIn'>>()
    expectTypeOf<keyof Wire.SignIn>().toEqualTypeOf<keyof BodyOf<'signIn'>>()
    expectTypeOf<{ device_id: string }>().toEqualTypeOf<BodyOf<'challengeSession'>>()
    expectTypeOf<Wire.Resumption>().toEqualTypeOf<BodyOf<'resumeSession'>>()
    expectTypeOf<keyof BodyOf<'pushOperations'>>().toEqualTypeOf<'operations'>()
  })

  it('operations: the envelope', () => {
    type Envelope<T> = Omit<T, 'body'>
    expectTypeOf<Envelope<EachOf<Wire.Operation, 'part.check_in'>>>().toEqualTypeOf<Envelope<Operations['CheckInOperation']>>()
    expectTypeOf<Envelope<EachOf<Wire.Operation, 'part.countersign'>>>().toEqualTypeOf<Envelope<Operations['CountersignOperation']>>()
    expectTypeOf<Envelope<EachOf<Wire.Operation, 'part.recusal'>>>().toEqualTypeOf<Envelope<Operations['RecusalOperation']>>()
    expectTypeOf<Envelope<EachOf<Wire.Operation, 'part.submit'>>>().toEqualTypeOf<Envelope<Operations['SubmitOperation']>>()
    expectTypeOf<keyof Wire.Signed>().toEqualTypeOf<keyof Operations['SignedOperation']>()
    expectTypeOf<Wire.OperationKind>().toEqualTypeOf<Operations['SignedOperation']['operation']['kind']>()
  })

  it('operations: the bodies', () => {
    type Rest<T> = Omit<T, 'answers' | 'photos'> // answers: as the checklist has them
    expectTypeOf<Wire.CheckInBody>().toEqualTypeOf<Operations['CheckInBody']>()
    expectTypeOf<Wire.CountersignBody>().toEqualTypeOf<Operations['CountersignBody']>()
    expectTypeOf<Wire.RecusalBody>().toEqualTypeOf<Operations['RecusalBody']>()
    expectTypeOf<Rest<Wire.SubmitBody>>().toEqualTypeOf<Rest<Operations['SubmitBody']>>()
    expectTypeOf<keyof Wire.SubmitBody>().toEqualTypeOf<keyof Operations['SubmitBody']>()
    expectTypeOf<Wire.PhotoRef>().toExtend<Operations['PhotoRef']>() // the phone makes JPEG only
    expectTypeOf<keyof Wire.PhotoRef>().toEqualTypeOf<keyof Operations['PhotoRef']>()
  })
})

it('operationSchema.d.ts is made of the schema as it is now: after a change run `npx vitest run -u` on this file', async () => {
  const schema = readFileSync(new URL('../../../schemas/operation.schema.json', import.meta.url), 'utf8')
  const { $defs: schemas } = JSON.parse(schema.replaceAll('#/$defs/', '#/components/schemas/')) as {
    $defs: NonNullable<NonNullable<OpenAPI3['components']>['schemas']>
  }
  const document: OpenAPI3 = { openapi: '3.1.0', info: { title: 'operations', version: '1' }, paths: {}, components: { schemas } }
  const made = astToString(await openapiTS(document, { defaultNonNullable: false }))
  await expect(made).toMatchFileSnapshot('./operationSchema.d.ts')
}, 20_000)
