import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Engine, Notification } from '../../src/offline'
import { Phone, quiet, readyPhone, until } from './harness'

const told = (id: string, more: Partial<Notification> = {}): Notification => ({
  id, kind: 'message', values: { words: '请带执法记录仪。', from: '王主任', count: 1 }, about: 'inspection', subject_id: 'inspection-1', created_at: '2026-11-23T01:00:00.000Z', read_at: null, ...more,
})

let phone: Phone
let engine: Engine
beforeEach(async () => {
  ;({ phone, engine } = await readyPhone())
  phone.server.inbox = [told('n2'), told('n1', { read_at: '2026-11-22T01:00:00.000Z' })]
  await engine.sync()
})
afterEach(() => phone.end())

const unread = (): [string, boolean][] => engine.view().inbox.items.map((item) => [item.id, item.unread])

describe('the inbox', () => {
  it('comes with the round and is there without a connection, also after a restart', async () => {
    expect(unread()).toEqual([['n2', true], ['n1', false]])
    engine.close()
    phone.server.fault(/./, { is: 'lost_request' }, 99)
    engine = phone.start().engine
    await until(engine, ({ phase }) => phase === 'ready')
    expect(engine.view().inbox).toMatchObject({ unread: 1, items: [{ id: 'n2' }, { id: 'n1' }] })
  })

  it('is not sent again while nothing changed', async () => {
    const before = engine.view().inbox
    await engine.sync()
    expect(engine.view().inbox).toBe(before)
  })

  it('read without a connection shows at once and is told later, once', async () => {
    phone.server.fault(/./, { is: 'lost_request' }, 99)
    await engine.markInbox(['n2'], true)
    await quiet()
    expect(engine.view().inbox).toMatchObject({ unread: 0, items: [{ unread: false }, { unread: false }] })
    phone.server.heal()
    await engine.sync()
    await engine.sync()
    expect(phone.server.inbox[0]?.read_at).not.toBeNull()
    expect(phone.server.count(/PUT .api.inbox.read/)).toBe(1)
    expect(engine.view().inbox.unread).toBe(0)
  })

  it('can be taken back', async () => {
    await engine.markInbox(['n2'], true)
    await engine.markInbox(['n2'], false)
    await engine.sync()
    expect(phone.server.inbox[0]?.read_at).toBeNull()
    expect(engine.view().inbox.unread).toBe(1)
  })

  it('that fails stops nothing and alarms nobody', async () => {
    phone.server.fault(/inbox/, { is: 'answer', status: 502 }, 99)
    await engine.sync()
    expect(engine.view()).toMatchObject({ lastProblem: null, inbox: { unread: 1 } })
  })

  it('counts what is unread beyond the rows that are kept', async () => {
    phone.server.fault(/newest/, { is: 'answer', status: 200, type: 'application/json', body: JSON.stringify({ version: 'v', unread: 70, items: [told('n2')] }) })
    await engine.sync()
    phone.server.fault(/./, { is: 'lost_request' }, 99)
    await engine.markInbox(['n2'], true)
    expect(engine.view().inbox.unread).toBe(69)
  })
})
