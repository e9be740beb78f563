/** The field app's sync engine: what the screens may import. */
export { createEngine } from './engine'
export { NetworkError, ProblemError } from './problems'
export type { LocalCode } from './problems'
export { browserSurroundings } from './surroundings'
export type * from './types'
export type * from './wire'
