import { createSSRApp, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { createMemoryHistory } from 'vue-router'
import { describe, expect, it } from 'vitest'
import QuestionCard from '@/field/parts/QuestionCard.vue'
import { doorFor, fieldRouter } from '@/field/router'
import Outbox from '@/field/screens/Outbox.vue'
import Today from '@/field/screens/Today.vue'
import { wordsOf } from '@/field/problemText'
import { ENGINE } from '@/field/useEngine'
import type { EngineView, Question } from '@/offline'
import { fakeEngine, outboxRow } from './fakeEngine'
import { content, task } from './sample'

async function shown(screen: Parameters<typeof h>[0], start: Partial<EngineView> = {}, props: Record<string, unknown> = {}): Promise<string> {
  const engine = fakeEngine(start)
  const router = fieldRouter(engine, createMemoryHistory('/app/'))
  await router.push('/')
  return renderToString(createSSRApp({ render: () => h(screen as never, props) }).use(router).provide(ENGINE, engine))
}
const ids = (html: string) => [...html.matchAll(/data-inspection-id="(\w+)"/g)].map((match) => match[1])
const question = (key: string): Question => content.sections.flatMap((section) => section.questions).find((each) => each.key === key) ?? expect.fail(key)
const card = (key: string, more: object = {}) => shown(QuestionCard, {}, { question: question(key), number: '1', answer: undefined, faults: [], locked: false, photoAsked: false, ...more })

describe('today', () => {
  it('lists the tasks, late ones first, each with target, address and a state in words', async () => {
    const html = await shown(Today, { tasks: [task('b', '乙店', '2999-01-01'), task('a', '甲店', '2000-01-01')] })
    expect(ids(html)).toEqual(['a', 'b'])
    expect(html).toContain('临江县滨河路 18 号')
    expect(html).toContain('待检查')
  })

  it('is calm when offline, and goes on when signed out', async () => {
    expect(await shown(Today, { online: false })).not.toContain('role="alert"')
    expect(ids(await shown(Today, { phase: 'signed_out' }))).toHaveLength(3)
  })
})

describe('the door', () => {
  const empty = { tasks: [], drafts: [], outbox: [] }
  it('asks a new phone to enrol, and an empty one to sign in', () => {
    expect(doorFor({ phase: 'not_enrolled', ...empty })).toBe('enrol')
    expect(doorFor({ phase: 'signed_out', ...empty })).toBe('sign-in')
  })
  it('never locks the inspector out of work that is on the phone', () => {
    expect(doorFor({ phase: 'signed_out', ...empty, outbox: [outboxRow('p', { at: 'queued' })] })).toBeNull()
    expect(doorFor({ phase: 'signed_out', ...empty, tasks: [task('1', '店', '2026-11-30')] })).toBeNull()
  })
  it('asks for an own password before the first tasks, and never keeps work behind it', () => {
    const me = { must_change_password: true } as EngineView['me']
    expect(doorFor({ phase: 'ready', ...empty, me })).toBe('password')
    expect(doorFor({ phase: 'ready', ...empty, me: null })).toBeNull()
    expect(doorFor({ phase: 'ready', ...empty, me, tasks: [task('1', '店', '2026-11-30')] })).toBeNull()
  })
  it('leads a new phone from any address to enrolment', async () => {
    const router = fieldRouter(fakeEngine({ phase: 'not_enrolled', tasks: [] }), createMemoryHistory('/app/'))
    await router.push('/outbox')
    expect(router.currentRoute.value.name).toBe('enrol')
  })
})

describe('a question', () => {
  it('has yes and no as radios of one named group', async () => {
    const html = await card('permit_valid')
    expect(html).toContain('data-testid="q-permit_valid"')
    expect(html).toMatch(/<fieldset/)
    expect(html.match(/type="radio" name="a-permit_valid"/g)).toHaveLength(2)
    expect(html).toContain('data-testid="answer-yes"')
  })

  it('says what a no suggests, and what it stands on', async () => {
    const html = await card('permit_valid', { answer: { value: 'no' } })
    expect(html).toContain('建议：立案')
    expect(html).toContain('>《食品安全法》<')
  })

  it.each(['permit_expiry', 'no_cert_count', 'remarks'])('%s: its input has its label', async (key) => {
    const html = await card(key)
    expect(html).toContain(`for="a-${key}"`)
    expect(html).toContain(`id="a-${key}"`)
  })

  it('not applicable takes a reason in place of the answer', async () => {
    const html = await card('health_certs', { answer: { not_applicable: '本店无操作人员' } })
    expect(html).toContain('本店无操作人员')
    expect(html).not.toContain('type="radio"')
    expect(await card('permit_valid')).not.toContain('data-testid="answer-na"')
  })
})

it('a problem of the shared catalogue has a title and a sentence', () => {
  expect(wordsOf('登录失败|账号或密码不正确。')).toEqual({ title: '登录失败', detail: '账号或密码不正确。' })
  expect(wordsOf('一句话')).toEqual({ detail: '一句话' })
})

it('a rejected record says why and can be corrected', async () => {
  const html = await shown(Outbox, { unsent: 1, outbox: [outboxRow('part-1', { at: 'rejected', problem: { code: 'x.y', detail: '证件已到期' } })] })
  expect(html).toContain('证件已到期')
  expect(html).toContain('data-testid="correct"')
})
