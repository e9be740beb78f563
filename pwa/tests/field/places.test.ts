import { expect, test } from 'vitest'
import { keptPlaces, type Place } from '@/field/places'
import { content } from './sample'

const question = (at: number) => content.sections.flatMap((section) => section.questions)[at] ?? expect.fail()
const first = question(0)
const second = question(1)
const photo = { id: 'photo' } as unknown as Place['photos'][number]
const place = (about: Place['question'], more: Partial<Place> = {}): Place =>
  ({ question: about, number: '1', answer: undefined, faults: [], photoAsked: false, photos: [], problem: undefined, ...more })
const two = () => [place(first), place(second)]

test('an answer draws its own card again and no other', () => {
  const before = two()
  const after = keptPlaces(before, [place(first), place(second, { answer: { value: 'yes' } })])
  expect(after[0]).toBe(before[0])
  expect(after[1]).not.toBe(before[1])
})

test('so do a fault, a photo, and a question that comes in between', () => {
  const before = two()
  const [, below] = before
  expect(keptPlaces(before, [place(first, { faults: ['required'] }), place(second)])[0]).not.toBe(before[0])
  expect(keptPlaces(before, [place(first, { photos: [photo] }), place(second)])[0]).not.toBe(before[0])
  expect(keptPlaces(below && [below], two())[1]).toBe(below)
})
