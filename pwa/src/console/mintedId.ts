import { uuidv7 } from '@/offline/ids'

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
const nameOf = (purpose: string) => `palmcheck.minted.${purpose}`

/**
 * The id for something that is about to be made. The same until `forgetId`, over reloads too:
 * whoever presses again after a lost answer repeats the request and does not make a second thing.
 */
export function mintedId(purpose: string, kept: Kept = sessionStorage, mint = () => uuidv7(crypto, Date.now())): string {
  const before = kept.getItem(nameOf(purpose))
  if (before) return before
  const id = mint()
  kept.setItem(nameOf(purpose), id)
  return id
}

/** The server has answered: the next one is another thing. */
export function forgetId(purpose: string, kept: Kept = sessionStorage): void {
  kept.removeItem(nameOf(purpose))
}
