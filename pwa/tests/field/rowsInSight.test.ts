import { expect, test } from 'vitest'
import { firstRows } from '@/field/useRowsInSight'

const heap = (...rows: number[]) => ({ rows })

test('the first rows are taken across the heaps, in their order', () => {
  expect(firstRows([heap(1, 2), heap(3, 4, 5), heap(6)], 4)).toEqual([[1, 2], [3, 4], []])
})

test('when everything is in sight, everything is shown', () => {
  expect(firstRows([heap(1, 2), heap(3)], 10)).toEqual([[1, 2], [3]])
})
