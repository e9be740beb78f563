/** A signature as pen strokes: each is x, y, x, y ... in whole units of a box 1000 wide and 400 high. */
export type Strokes = number[][]

export const BOX = { width: 1000, height: 400 } as const

/** Points closer than this many units to the one before are dropped: the line looks the same and weighs a third. */
const NEAR = 4

/** The shortest ink, in units along the pen's way, that counts as a signature and not as a slip of the finger. */
const SHORTEST = 150

const within = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)))

/** A point of the screen, relative to the pad's box there, as whole units of the signature's box. */
export function unitsOf(x: number, y: number, shown: { width: number; height: number }): [number, number] {
  return [within((x / shown.width) * BOX.width, BOX.width), within((y / shown.height) * BOX.height, BOX.height)]
}

/** The stroke with one more point, or the same stroke when the pen has hardly moved. */
export function withPoint(stroke: number[], [x, y]: readonly [number, number]): number[] {
  const lastX = stroke.at(-2)
  const lastY = stroke.at(-1)
  if (lastX !== undefined && lastY !== undefined && Math.hypot(x - lastX, y - lastY) < NEAR) return stroke
  return [...stroke, x, y]
}

/** The strokes as one SVG path; a single point becomes a dot. */
export function pathOf(strokes: Strokes): string {
  return strokes.map(([x, y, ...rest]) => `M${x} ${y}L${rest.length > 0 ? rest.join(' ') : `${x} ${y}`}`).join('')
}

function lengthOf(stroke: readonly number[]): number {
  let length = 0
  for (let i = 2; i + 1 < stroke.length; i += 2) {
    length += Math.hypot((stroke[i] ?? 0) - (stroke[i - 2] ?? 0), (stroke[i + 1] ?? 0) - (stroke[i - 1] ?? 0))
  }
  return length
}

/** Whether there is enough ink to be a signature. */
export function isSigned(strokes: Strokes): boolean {
  return strokes.reduce((sum, stroke) => sum + lengthOf(stroke), 0) >= SHORTEST
}
