import { describe, expect, it, vi } from 'vitest'
import { allOf, createApi } from '@/api'
import { addressOf, createClient } from '@/api/client'
import { NetworkError, ProblemError, problemOf } from '@/api/problem'
import { createFakeApi } from './fakeApi'

const clientOf = (fetch: typeof globalThis.fetch, onSignedOut = () => undefined) => createClient({ fetch, language: () => 'en', onSignedOut })
const answering = (body: string, status: number) => clientOf(async () => new Response(body, { status }))

describe('the client', () => {
  it('asks in the reader’s language and gives back what the server sent', async () => {
    const fake = createFakeApi({ signedIn: 'lead' })
    expect((await createApi(clientOf(fake.fetch)).readMe()).username).toBe('lead')
    expect(fake.asked.at(-1)).toMatchObject({ method: 'GET', path: '/api/accounts/me', language: 'en' })
  })

  it('makes a refusal a problem with code, field, rule and params', async () => {
    const sent = { code: 'draws.not_lead_department', title: 't', detail: 'd', status: 403, field: 'id', rule: 'S1', params: { department: '卫生健康局' } }
    const fault = await answering(JSON.stringify(sent), 403)('PUT', '/api/draws/x').catch((each: unknown) => each)
    expect(fault).toBeInstanceOf(ProblemError)
    expect((fault as ProblemError).problem).toEqual(sent)
  })

  it.each([['a proxy’s page', '<html>502</html>', 502], ['a body that is cut off', '{"items": [', 200], ['JSON that is no problem', '{"error": 1}', 500]])(
    'takes %s for no answer: whether it was done is unknown', async (_what, body, status) => {
      await expect(answering(body, status)('GET', '/api/x')).rejects.toBeInstanceOf(NetworkError)
    })

  it('takes a cut connection for no answer', async () => {
    await expect(clientOf(async () => { throw new TypeError('cut') })('GET', '/api/x')).rejects.toBeInstanceOf(NetworkError)
  })

  it('gives up on a server that never answers', async () => {
    const never: typeof fetch = (_input, init) => new Promise((_resolve, reject) => { init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))) })
    const call = createClient({ fetch: never, language: () => 'en', patience: 5 })
    await expect(call('GET', '/api/x')).rejects.toBeInstanceOf(NetworkError)
  })

  it('tells when the session is over, and only then', async () => {
    const over = vi.fn()
    const fake = createFakeApi({ signedIn: 'lead' })
    const api = createApi(clientOf(fake.fetch, over as () => undefined))
    await api.readDraw('unknown').catch(() => undefined)
    expect(over).not.toHaveBeenCalled()
    fake.endSession()
    await api.listPlanTasks().catch(() => undefined)
    expect(over).toHaveBeenCalledOnce()
  })

  it('leaves empty query values out and encodes the rest', () => {
    expect(addressOf('/api/inspections', { q: '面馆 & 茶', state: '', cursor: null })).toBe('/api/inspections?q=%E9%9D%A2%E9%A6%86+%26+%E8%8C%B6')
    expect(addressOf('/api/inspections')).toBe('/api/inspections')
  })
})

describe('lists', () => {
  const pages = (count: number) => async (cursor: string | null) => {
    const from = Number(cursor ?? 0)
    return { items: [from, from + 1], next: from + 2 < count ? String(from + 2) : null }
  }
  it('are followed to their end', async () => {
    expect(await allOf(pages(6))).toEqual({ items: [0, 1, 2, 3, 4, 5], more: false })
  })
  it('stop at the most that is wanted, and say that there is more', async () => {
    expect(await allOf(pages(1000), 4)).toEqual({ items: [0, 1, 2, 3], more: true })
  })
})

it('has a problem for every fault', () => {
  expect(problemOf(new NetworkError('x')).code).toBe('console.no_connection')
  expect(problemOf(new RangeError('odd'))).toEqual({ code: 'console.unexpected', detail: 'RangeError: odd' })
})
