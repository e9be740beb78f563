import { expect, it } from 'vitest'
import { instantOf, localInput } from '@/field/localInput'
import { proposedDay, withAnswer, withProblem } from '@/field/problems'
import { content, yesNo } from './sample'

const question = yesNo('pest', '防鼠设施是否齐全？', 'order_to_correct')
const no = { value: 'no' }
const opened = withAnswer([], question, no, '防鼠设施', '2026-12-07', 'id-1')

it('a no opens a problem with what the form suggests, once', () => {
  expect(opened).toEqual([{ id: 'id-1', question_key: 'pest', what: '防鼠设施', handling: 'order_to_correct', due_on: '2026-12-07', photo_ids: [] }])
  expect(withAnswer(opened, question, no, '别的', null, 'id-2')).toBe(opened)
})

it('another answer lets it go, and a no that is no problem opens none', () => {
  expect(withAnswer(opened, question, { value: 'yes' }, '', null, 'x')).toEqual([])
  expect(withAnswer(opened, question, null, '', null, 'x')).toEqual([])
  const plain = { ...question, when_no: null }
  expect(withAnswer([], plain, no, '', null, 'x')).toEqual([])
  expect(content.sections.length).toBeGreaterThan(0)
})

it('what is corrected on the spot has no day', () => {
  expect(withAnswer([], yesNo('clean', '', 'on_the_spot'), no, 'w', '2026-12-07', 'x')[0]?.due_on).toBeNull()
})

it('a changed problem stays in its place, a new one comes last', () => {
  const [first] = opened
  if (!first) throw new Error('nothing was opened')
  expect(withProblem(opened, { ...first, what: '改' }).map((each) => each.what)).toEqual(['改'])
  expect(withProblem(opened, { ...first, id: 'id-2' })).toHaveLength(2)
})

it('a day is proposed only as far as the calendar is known here', () => {
  expect(proposedDay({ contact_attempts: 2, party_page_days: 90, photo_long_side: 1600, photo_quality: 82, correct_by: { '2026-11-23': '2026-12-07' } }, '2026-11-23')).toBe('2026-12-07')
  expect(proposedDay({ contact_attempts: 2, party_page_days: 90, photo_long_side: 1600, photo_quality: 82, correct_by: {} }, '2026-11-23')).toBeNull()
  expect(proposedDay(null, '2026-11-23')).toBeNull()
})

it('a chosen local time is the instant, and back', () => {
  const instant = '2026-11-23T02:30:00.000Z'
  expect(instantOf(localInput(instant))).toBe(instant)
  expect(instantOf('')).toBeNull()
})
