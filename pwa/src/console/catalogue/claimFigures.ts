import type { ClaimBoard, ClaimStanding } from '@/api/catalogue'

export const CLAIM_STANDINGS: readonly ClaimStanding[] = ['to_claim', 'claimed', 'not_drawn_up', 'drawn_up', 'not_broken_down', 'broken_down', 'not_compliant', 'compliant']

export interface ClaimFigure { readonly name: 'claimed' | 'drawn_up' | 'broken_down' | 'compliant'; readonly lacking: 'to_claim' | 'not_drawn_up' | 'not_broken_down' | 'not_compliant'; readonly count: number; readonly of: number }

/** The four figures (domain.md section 5): each numerator and what lacks are questions that the board answers. */
export function claimFigures(board: ClaimBoard): readonly ClaimFigure[] {
  return [
    { name: 'claimed', lacking: 'to_claim', count: board.claimed, of: board.total },
    { name: 'broken_down', lacking: 'not_broken_down', count: board.broken_down, of: board.claimed },
    { name: 'drawn_up', lacking: 'not_drawn_up', count: board.drawn_up, of: board.claimed },
    { name: 'compliant', lacking: 'not_compliant', count: board.compliant, of: board.drawn_up },
  ]
}
