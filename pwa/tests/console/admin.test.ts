import { afterEach, describe, expect, it } from 'vitest'
import { createClient } from '@/api/client'
import { jurisdictionsApi, type CalendarYear, type Setting } from '@/api/jurisdictions'
import en from '@/messages/settings.en.json'
import zh from '@/messages/settings.zh-CN.json'
import { language } from '@/messages/t'
import { addDays, answerOf, changesOf, dayAt, draftOf, kindOf, monthDays, weekdayOf, withDay, type Days } from '@/console/admin/calendar/days'
import { useCalendarEdit } from '@/console/admin/calendar/useCalendarEdit'
import { boundsText, byTheme, isChanged, matching, nameOf, readTyped, typedOf, valueText } from '@/console/admin/settings/settingText'
import { atDesk } from './withDesk'

const setting = (change: Partial<Setting> = {}): Setting => ({
  key: 'publication.days', theme: 'publication', kind: 'integer', value: 20, default: 20, unit: 'working_days', minimum: 1, maximum: 250, choices: [],
  source: 'S0; S1 二(四)', rule: 'R12', version: 0, since: null, author_name: null, reason: null, ...change,
})
const rate = setting({ key: 'palm_rate.threshold', theme: 'figures', kind: 'ratio', value: 9000, default: 9000, unit: '1/10,000', minimum: 0, maximum: 10_000, rule: null })
const clock = setting({ key: 'publication.clock', kind: 'choice', value: 'at_once', default: 'result_formed', unit: '', minimum: null, maximum: null, choices: ['result_formed', 'at_once'] })
const due = setting({ key: 'plan.due_on', theme: 'plan', kind: 'month_day', value: '03-30', default: '01-31', unit: '', minimum: null, maximum: null })
afterEach(() => { language.value = 'zh-CN' })

describe('a setting in words', () => {
  it('has its unit, percent or date', () => {
    expect([setting(), rate, clock, due].map((each) => valueText(each, each.value))).toEqual(['20 个工作日', '90%', '即时公示', '3月30日'])
    expect(boundsText(setting())).toBe('1 个工作日 至 250 个工作日')
    expect(boundsText(clock)).toBeUndefined()
    language.value = 'en'
    expect(valueText(due, due.value)).toBe('March 30')
  })
  it('is typed as it is read, in half or full width', () => {
    expect(readTyped(rate, typedOf(rate, 8750))).toBe(8750)
    expect([readTyped(rate, '８７．５％'), readTyped(rate, '0.01'), readTyped(rate, '0.005'), readTyped(rate, 'x')]).toEqual([8750, 1, undefined, undefined])
    expect([readTyped(setting(), ' 15 '), readTyped(setting(), '1.5'), readTyped(setting(), '-1'), readTyped(setting(), '')]).toEqual([15, undefined, undefined, undefined])
    expect([readTyped(setting({ kind: 'boolean' }), 'true'), readTyped(setting({ kind: 'boolean' }), 'false')]).toEqual([true, false])
  })
  it('is found by name, source, rule and theme', () => {
    const all = [setting(), rate, clock, due]
    expect(matching(all, '公示期限').map((each) => each.key)).toEqual(['publication.days', 'publication.clock'])
    expect(matching(all, 'r12')).toHaveLength(3)
    expect(matching(all, '')).toHaveLength(4)
    expect(byTheme(all).map((each) => [each.theme, each.settings.length])).toEqual([['publication', 2], ['figures', 1], ['plan', 1]])
    expect([isChanged(setting()), isChanged(clock)]).toEqual([false, true])
  })
  it('a key that this version does not know stays readable', () => {
    expect(nameOf({ key: 'draw.novelty' })).toBe('draw.novelty')
  })
  it('has the same words in both languages', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh))
  })
})

describe('a calendar year', () => {
  const standing: Days = new Map([['2026-11-25', true], ['2026-11-28', false]])
  it('has every day once, under its weekday', () => {
    for (const year of [2024, 2026, 2028]) {
      const days = Array.from({ length: 12 }, (_, at) => monthDays(year, at + 1)).flat()
      expect(days).toHaveLength(year % 4 === 0 ? 366 : 365)
      days.slice(1).forEach((each, at) => {
        const before = days[at]
        expect([each.day, each.weekday]).toEqual([addDays(before?.day ?? '', 1), (before?.weekday ?? 0) % 7 + 1])
      })
    }
    expect(weekdayOf('2026-11-24')).toBe(2)
  })
  it('tells moved days from ordinary ones', () => {
    expect([kindOf('2026-11-25', true), kindOf('2026-11-25', false), kindOf('2026-11-28', true), kindOf('2026-11-28', false), kindOf('2026-11-28', undefined)]).toEqual(['working', 'holiday', 'makeup', 'weekend', 'unknown'])
  })
  it('turned twice, a day is no change', () => {
    const once = withDay(new Map(), standing, '2026-11-25', false)
    expect(changesOf(once)).toEqual([{ day: '2026-11-25', is_working: false }])
    expect(answerOf(once, standing, '2026-11-25')).toBe(false)
    expect(changesOf(withDay(once, standing, '2026-11-25', true))).toEqual([])
  })
  it('is drafted whole', () => {
    const draft = draftOf(2028)
    expect([draft.size, draft.get('2028-02-29'), draft.get('2028-01-01')]).toEqual([366, true, false])
  })
  it('is walked by keys and has no edge to fall over', () => {
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'x'].map((key) => dayAt(key, '2026-02-10', 2026))).toEqual(['2026-02-09', '2026-02-11', '2026-02-03', '2026-02-17', '2026-02-01', '2026-02-28', undefined])
    expect([dayAt('ArrowLeft', '2026-01-01', 2026), dayAt('ArrowDown', '2026-12-31', 2026), dayAt('End', '2026-12-05', 2026)]).toEqual([undefined, undefined, '2026-12-31'])
  })
})

describe('editing the calendar', () => {
  const year = { year: 2026, version: 3, days: [{ day: '2026-11-25', is_working: true }] } as unknown as CalendarYear
  it('undoes step by step, and saves from the version that was seen', async () => {
    const shown: number[] = []
    const { value: edit, desk } = await atDesk('lead', () => useCalendarEdit(() => year, (view) => shown.push(view.version)))
    edit.turn('2026-11-25')
    edit.turn('2026-11-26')
    edit.undo()
    expect(changesOf(edit.pending.value)).toEqual([{ day: '2026-11-25', is_working: false }])
    const asked: unknown[] = []
    Object.assign(desk.api, { changeWorkingDays: (...all: unknown[]) => { asked.push(all); return Promise.resolve({ ...year, version: 4 }) } })
    edit.reason.value = 'why'
    await edit.save()
    expect(asked).toEqual([[3, [{ day: '2026-11-25', is_working: false }], 'why']])
    expect([shown, edit.pending.value.size]).toEqual([[4], 0])
  })
  it('keeps what was turned when the server refuses', async () => {
    const { value: edit, desk } = await atDesk('lead', () => useCalendarEdit(() => year, () => undefined))
    Object.assign(desk.api, { changeWorkingDays: () => Promise.reject(new Error('no')) })
    edit.turn('2026-11-25')
    await edit.save()
    expect([edit.pending.value.size, edit.problem.value?.code]).toEqual([1, 'console.unexpected'])
  })
})

it('a change names the version that it was made from', async () => {
  const sent: RequestInit[] = []
  const fetch = (_: unknown, init?: RequestInit) => { sent.push(init ?? {}); return Promise.resolve(new Response('{}')) }
  const api = jurisdictionsApi(createClient({ fetch: fetch as typeof globalThis.fetch, language: () => 'zh-CN' }))
  await api.changeSetting('publication.days', 2, 15, 'why')
  await api.readWorkingDayFile(new Blob(['x']))
  expect(sent.map((each) => new Headers(each.headers).get('if-match'))).toEqual(['"2"', null])
  expect(sent.map((each) => new Headers(each.headers).get('content-type'))).toEqual(['application/json', 'application/octet-stream'])
})
