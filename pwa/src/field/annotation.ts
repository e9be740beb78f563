/** Marks on a copy of a photo, in pixels of the picture. Pure but for `paint`, which needs a canvas. */
export const TOOLS = ['arrow', 'circle', 'blur'] as const
export type Tool = (typeof TOOLS)[number]

/** From where the finger came down to where it left: an arrow's tail and point, the corners of the other two. */
export interface Mark { readonly tool: Tool; readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
export interface Size { readonly width: number; readonly height: number }

/** What is drawn now, and the ways back and forth. */
export interface Drawing { readonly marks: readonly Mark[]; readonly before: readonly (readonly Mark[])[]; readonly after: readonly (readonly Mark[])[] }
export const EMPTY: Drawing = { marks: [], before: [], after: [] }

/** One more mark; what had been taken back is gone. */
export function withMark({ marks, before }: Drawing, mark: Mark): Drawing {
  return { marks: [...marks, mark], before: [...before, marks], after: [] }
}

/** One step back; nothing happens at the start. */
export function undone({ marks, before, after }: Drawing): Drawing {
  const last = before.at(-1)
  return last ? { marks: last, before: before.slice(0, -1), after: [marks, ...after] } : { marks, before, after }
}

/** One step forth again. */
export function redone({ marks, before, after }: Drawing): Drawing {
  const [next, ...later] = after
  return next ? { marks: next, before: [...before, marks], after: later } : { marks, before, after }
}

const inside = (value: number, most: number) => Math.round(Math.min(Math.max(value, 0), most))

/** A mark whose ends lie in the picture. */
export function kept(mark: Mark, { width, height }: Size): Mark {
  return { tool: mark.tool, x1: inside(mark.x1, width), y1: inside(mark.y1, height), x2: inside(mark.x2, width), y2: inside(mark.y2, height) }
}

/** Whether a finger meant it: a tap leaves no mark. */
export function isMeant({ x1, y1, x2, y2 }: Mark, size: Size): boolean {
  return Math.hypot(x2 - x1, y2 - y1) >= Math.max(size.width, size.height) / 50
}

/** A mark in the middle, for those who do not draw; the arrow keys take it to its place. */
export function centred(tool: Tool, { width, height }: Size): Mark {
  const [x, y, reach] = [width / 2, height / 2, Math.min(width, height) / 8]
  return kept({ tool, x1: x - reach, y1: y - reach, x2: x + reach, y2: y + reach }, { width, height })
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/** The newest mark moved by an arrow key, or with `stretch` its far end; null for another key, or with nothing to move. */
export function stepped(drawing: Drawing, key: string, stretch: boolean, size: Size): Drawing | null {
  const [step, mark] = [STEPS[key], drawing.marks.at(-1)]
  if (!step || !mark) return null
  const by = Math.max(size.width, size.height) / 80
  const wanted: [number, number] = [step[0] * by, step[1] * by]
  const [dx, dy] = stretch ? wanted : [bounded(wanted[0], mark.x1, mark.x2, size.width), bounded(wanted[1], mark.y1, mark.y2, size.height)]
  const moved = { ...mark, x1: mark.x1 + (stretch ? 0 : dx), y1: mark.y1 + (stretch ? 0 : dy), x2: mark.x2 + dx, y2: mark.y2 + dy }
  return { ...drawing, marks: [...drawing.marks.slice(0, -1), kept(moved, size)] }
}

/** At the edge a mark stops and keeps its size. */
function bounded(by: number, from: number, to: number, most: number): number {
  return Math.min(Math.max(by, -Math.min(from, to)), most - Math.max(from, to))
}

const RED = '#e0201a'
const HALO = '#ffffff'

/** The photo with its marks. What is blurred is blurred first, so that no arrow over it is. */
export function paint(canvas: HTMLCanvasElement, photo: CanvasImageSource, marks: readonly Mark[]): void {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2d context')
  context.drawImage(photo, 0, 0, canvas.width, canvas.height)
  for (const mark of marks) if (mark.tool === 'blur') coarsen(context, mark)
  const line = Math.max(canvas.width, canvas.height) / 160
  for (const mark of marks) if (mark.tool !== 'blur') stroke(context, mark.tool === 'arrow' ? arrow(mark, line * 5) : ellipse(mark), line)
}

/** Large squares, each the mean of what was under it: too few of them to read a face or a number. */
function coarsen(context: CanvasRenderingContext2D, { x1, y1, x2, y2 }: Mark): void {
  const [left, top, width, height] = [Math.min(x1, x2), Math.min(y1, y2), Math.abs(x2 - x1), Math.abs(y2 - y1)]
  if (width < 1 || height < 1) return
  const block = Math.max(context.canvas.width / 40, context.canvas.height / 40, Math.min(width, height) / 6)
  const small = document.createElement('canvas')
  small.width = Math.max(1, Math.round(width / block))
  small.height = Math.max(1, Math.round(height / block))
  const coarse = small.getContext('2d')
  if (!coarse) throw new Error('no 2d context')
  coarse.imageSmoothingQuality = 'high'
  coarse.drawImage(context.canvas, left, top, width, height, 0, 0, small.width, small.height)
  context.imageSmoothingEnabled = false
  context.drawImage(small, left, top, width, height)
  context.imageSmoothingEnabled = true
}

function arrow({ x1, y1, x2, y2 }: Mark, head: number): Path2D {
  const path = new Path2D()
  const angle = Math.atan2(y2 - y1, x2 - x1)
  path.moveTo(x1, y1)
  path.lineTo(x2, y2)
  for (const turn of [-0.5, 0.5]) {
    path.moveTo(x2, y2)
    path.lineTo(x2 - head * Math.cos(angle + turn), y2 - head * Math.sin(angle + turn))
  }
  return path
}

function ellipse({ x1, y1, x2, y2 }: Mark): Path2D {
  const path = new Path2D()
  path.ellipse((x1 + x2) / 2, (y1 + y2) / 2, Math.abs(x2 - x1) / 2, Math.abs(y2 - y1) / 2, 0, 0, 2 * Math.PI)
  return path
}

/** Red in a white halo: seen on any ground. */
function stroke(context: CanvasRenderingContext2D, path: Path2D, line: number): void {
  context.lineCap = context.lineJoin = 'round'
  for (const [colour, width] of [[HALO, line * 1.7], [RED, line]] as const) {
    context.strokeStyle = colour
    context.lineWidth = width
    context.stroke(path)
  }
}
