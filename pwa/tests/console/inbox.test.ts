import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { inboxText, inboxWay, inboxWords } from '@/console/inbox/inboxText'
import { useInbox } from '@/console/inbox/useInbox'
import { id, notifications } from './fakeData'
import { atDesk } from './withDesk'

const [message, due, dated] = notifications('2026-11-24T01:00:00Z') as [ReturnType<typeof notifications>[0], ReturnType<typeof notifications>[0], ReturnType<typeof notifications>[0]]

describe('a row of the inbox', () => {
  it('is a sentence by kind, for one visit by name and for several by number', () => {
    expect(inboxText(message)).toBe('周敏发来消息')
    expect(inboxWords(message)).toBe('请带执法记录仪。')
    expect(inboxText(due)).toBe('餐饮服务食品安全部门联合抽查有 3 项检查应在12月1日前完成')
    expect(inboxText(dated)).toBe('临江面馆定于11月27日上门')
  })
  it('leads to what it is about', () => {
    expect([inboxWay(message), inboxWay(due), inboxWay({ ...message, about: 'nothing' })]).toEqual([
      { name: 'inspection', params: { inspectionId: id(300) } }, { name: 'inspections', query: { task: id(101) } }, null,
    ])
  })
})

describe('the inbox', () => {
  const loaded = async () => {
    const found = await atDesk('lead', () => useInbox(ref(false)))
    await new Promise((done) => { setTimeout(done, 5) })
    return found
  }
  const read = ({ state }: ReturnType<typeof useInbox>) => state.value.at === 'loaded' ? state.value.value.items.map((each) => each.read_at !== null) : []

  it('marks one at once, and takes it back', async () => {
    const { value, fake } = await loaded()
    expect(read(value)).toEqual([false, false, true])
    await value.mark(message, true)
    expect([read(value)[0], fake.inbox[0]?.read_at !== null]).toEqual([true, true])
  })
  it('marks all that was seen, and undoes exactly that', async () => {
    const { value, fake } = await loaded()
    await value.markAll()
    expect([read(value), value.undo.value.length]).toEqual([[true, true, true], 2])
    await value.takeBack()
    expect([fake.inbox.map((each) => each.read_at !== null), value.undo.value]).toEqual([[false, false, true], []])
  })
  it('shows the server’s word again where it refuses', async () => {
    const { value, fake } = await loaded()
    fake.endSession()
    await value.mark(message, true)
    expect(value.problem.value?.code).toBe('accounts.signed_out')
  })
})
