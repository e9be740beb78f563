/** How a PIN is tried. Pure. */

export const PIN_DIGITS = 6
/** PBKDF2-HMAC-SHA256; about a third of a second on a cheap phone. */
export const PIN_ITERATIONS = 600_000

const FREE_TRIES = 3
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 60 * 60_000

/** How long nobody may try again after so many wrong ones in a row: from the third on 30 s, doubled up to an hour. */
export function waitAfter(failures: number): number {
  return failures < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - FREE_TRIES))
}

/** What is left of a wait; a clock that was set back makes none longer than the longest. */
export function waitLeft(until: number, now: number): number {
  return Math.min(LONGEST_WAIT_MS, Math.max(0, until - now))
}

export function isPin(text: string): boolean {
  return new RegExp(`^\\d{${PIN_DIGITS}}$`).test(text)
}
