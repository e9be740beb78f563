import type { Place } from '@/api/publication'
import type { Mark, Size } from '@/field/annotation'

const WHOLE = 10_000
const LEAST = 100

/** One side of a place: where it begins and how long it is, inside the picture and never shorter than a hundredth of it. */
function side(from: number, to: number, whole: number): [number, number] {
  const begin = Math.min(Math.floor((Math.min(from, to) * WHOLE) / whole), WHOLE - LEAST)
  const end = Math.ceil((Math.max(from, to) * WHOLE) / whole)
  return [Math.max(0, begin), Math.min(WHOLE, Math.max(LEAST, end - Math.max(0, begin)))]
}

/** Marks in pixels as the server takes them: in 1/10,000 of the upright picture. */
export function placesOf(marks: readonly Mark[], size: Size): Place[] {
  return marks.map((mark) => {
    const [[left, width], [top, height]] = [side(mark.x1, mark.x2, size.width), side(mark.y1, mark.y2, size.height)]
    return { left, top, width, height }
  })
}
