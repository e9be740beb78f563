import { describe, expect, it } from 'vitest'
import { enrolmentCode } from '@/field/enrolmentCode'

describe('an enrolment code', () => {
  it.each([
    ['7KQ4-M2XR', '7KQ4-M2XR'],
    ['  7KQ4-M2XR\n', '7KQ4-M2XR'],
    ['palmcheck-enrol:https://palmcheck.example#7KQ4-M2XR', '7KQ4-M2XR'],
    [' palmcheck-enrol:http://10.0.0.5:8000#7KQ4-M2XR ', '7KQ4-M2XR'],
  ])('is found in %j', (entered, code) => {
    expect(enrolmentCode(entered)).toBe(code)
  })
})
