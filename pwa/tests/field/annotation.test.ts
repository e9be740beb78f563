import { describe, expect, it } from 'vitest'
import { centred, EMPTY, isMeant, kept, redone, stepped, undone, withMark, type Mark } from '@/field/annotation'

const SIZE = { width: 1600, height: 1200 }
const ARROW: Mark = { tool: 'arrow', x1: 100, y1: 100, x2: 300, y2: 200 }
const BLUR: Mark = { ...ARROW, tool: 'blur' }

describe('marks on a copy', () => {
  it('are taken back and put again, one at a time, until another is drawn', () => {
    const both = withMark(withMark(EMPTY, ARROW), BLUR)
    const one = undone(both)
    expect(one.marks).toEqual([ARROW])
    expect(redone(one)).toEqual(both)
    expect(undone(undone(undone(both))).marks).toEqual([])
    expect(redone(both)).toEqual(both)
    expect(withMark(one, ARROW).after).toEqual([])
  })

  it('lie in the picture, and a tap leaves none', () => {
    expect(kept({ ...ARROW, x1: -5, y2: 1300 }, SIZE)).toEqual({ ...ARROW, x1: 0, y2: 1200 })
    expect(isMeant({ ...ARROW, x2: 104, y2: 102 }, SIZE)).toBe(false)
    expect(isMeant(ARROW, SIZE)).toBe(true)
  })

  it('come to the middle by a button and to their place by arrow keys', () => {
    const placed = withMark(EMPTY, centred('circle', SIZE))
    expect(placed.marks).toEqual([{ tool: 'circle', x1: 650, y1: 450, x2: 950, y2: 750 }])
    expect(stepped(placed, 'ArrowLeft', false, SIZE)?.marks).toEqual([{ tool: 'circle', x1: 630, y1: 450, x2: 930, y2: 750 }])
    expect(stepped(placed, 'ArrowDown', true, SIZE)?.marks).toEqual([{ tool: 'circle', x1: 650, y1: 450, x2: 950, y2: 770 }])
    expect(stepped(placed, 'Tab', false, SIZE)).toBeNull()
    expect(stepped(EMPTY, 'ArrowUp', false, SIZE)).toBeNull()
  })

  it('keep their size at the edge', () => {
    let drawing = withMark(EMPTY, ARROW)
    for (let times = 0; times < 100; times++) drawing = stepped(drawing, 'ArrowRight', false, SIZE) ?? drawing
    expect(drawing.marks).toEqual([{ ...ARROW, x1: 1400, x2: 1600 }])
    expect(undone(drawing).marks).toEqual([]) // moving is no step of its own
  })
})
