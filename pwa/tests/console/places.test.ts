import { describe, expect, it } from 'vitest'
import { placesOf } from '@/console/publication/places'

const size = { width: 400, height: 300 }

describe('places to blur', () => {
  it('are rectangles in ten-thousandths, whichever corner the drag began at', () => {
    expect(placesOf([{ tool: 'blur', x1: 200, y1: 150, x2: 100, y2: 75 }], size)).toEqual([{ left: 2500, top: 2500, width: 2500, height: 2500 }])
  })
  it('stay in the picture and are never too thin to take', () => {
    const [thin] = placesOf([{ tool: 'blur', x1: 400, y1: 0, x2: 400, y2: 300 }], size)
    expect(thin).toEqual({ left: 9900, top: 0, width: 100, height: 10_000 })
  })
})
