import { beforeEach, describe, expect, it, vi } from 'vitest'
import { stepAfter, useCeremony } from '@/console/draw/useCeremony'
import { forgetId, mintedId } from '@/console/mintedId'
import { id } from './fakeData'
import { atDesk, memoryStorage } from './withDesk'

const TASK = id(103)
const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
beforeEach(() => { vi.stubGlobal('sessionStorage', memoryStorage()) })

async function ceremony(username = 'lead', task = TASK) {
  const opened = await atDesk(username, () => useCeremony(task))
  await vi.waitFor(() => expect(opened.value.state.value.at).not.toBe('loading'))
  const writes = () => opened.fake.asked.filter((each) => each.method !== 'GET')
  return { ...opened, ceremony: opened.value, writes }
}

describe('the ceremony', () => {
  it('goes freeze, draw, issue, with one thing to do at a time', async () => {
    const { ceremony: at, writes } = await ceremony()
    const seen = [at.next.value]
    for (let step = 0; step < 3; step += 1) {
      await at.act()
      seen.push(at.next.value)
    }
    expect(seen).toEqual(['freeze', 'run', 'issue', null])
    expect(writes().map((each) => each.method)).toEqual(['PUT', 'POST', 'POST'])
    expect(writes()[0]?.path.split('/').at(-1)).toMatch(UUID7)
    expect(at.state.value).toMatchObject({ at: 'loaded', value: { task: { state: 'issued' }, draw: { state: 'issued' } } })
  })

  it('cannot be pressed twice at once', async () => {
    const { ceremony: at, writes } = await ceremony()
    await Promise.all([at.act(), at.act(), at.act()])
    expect(writes()).toHaveLength(1)
  })

  it('repeats with the same id after a lost answer, so that one draw comes of it', async () => {
    const { ceremony: at, fake, writes } = await ceremony()
    fake.loseNextAnswer()
    await at.act()
    expect(at.problem.value?.code).toBe('console.no_connection')
    expect(at.next.value).toBe('freeze')
    await at.act()
    expect(at.next.value).toBe('run')
    expect(writes()[0]?.path).toBe(writes()[1]?.path)
    expect(sessionStorage.length).toBe(0)
  })

  it('shows how things stand when a colleague was faster', async () => {
    const { ceremony: at, desk } = await ceremony()
    await desk.api.freezeDraw(id(999), TASK)
    await at.act()
    expect(at.problem.value?.code).toBe('planning.task_taken')
    expect(at.next.value).toBe('run')
  })

  it('is for the lead department’s lead; an auditor looks on', async () => {
    expect((await ceremony('lead')).ceremony.leads.value).toBe(true)
    expect((await ceremony('auditor')).ceremony.leads.value).toBe(false)
  })

  it('says when there is no such task', async () => {
    const { ceremony: at } = await ceremony('lead', id(1))
    expect(at.state.value).toMatchObject({ at: 'failed', problem: { code: 'console.task_unknown' } })
  })

  it('ends with the issued list', () => {
    expect(stepAfter({ state: 'issued' })).toBeNull()
  })
})

describe('a minted id', () => {
  it('stays until it is forgotten, and is another one afterwards', () => {
    const kept = memoryStorage()
    let count = 0
    const mint = () => `id-${(count += 1)}`
    expect([mintedId('a', kept, mint), mintedId('a', kept, mint), mintedId('b', kept, mint)]).toEqual(['id-1', 'id-1', 'id-2'])
    forgetId('a', kept)
    expect(mintedId('a', kept, mint)).toBe('id-3')
  })
})
