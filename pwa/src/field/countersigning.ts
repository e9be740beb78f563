/** What two phones say to each other when a colleague countersigns: one shows it, the other scans or types it. */

const WORD = 'palmcheck/countersign/v1'
/** 80 bits: as many as a person can be asked to type, and more than anybody can search through. */
const TYPED_DIGITS = 20
const GROUP = 4

export interface Scanned { readonly partId: string; readonly sha256: string }

/** The text in the QR code. */
export function codeText({ partId, sha256 }: Scanned): string {
  return `${WORD}/${partId}/${sha256}`
}

/** What a scanned text says; null: it is some other code. */
export function readCode(text: string): Scanned | null {
  const found = /^palmcheck\/countersign\/v1\/([0-9a-f-]{36})\/([0-9a-f]{64})$/.exec(text)
  return found ? { partId: found[1] ?? '', sha256: found[2] ?? '' } : null
}

/** The start of the hash in groups, to be read out. */
export function spokenCode(sha256: string): string {
  return (sha256.slice(0, TYPED_DIGITS).match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join(' ')
}

/** What was typed, without the gaps; null: not all of it yet, or something that is no such code. */
export function typedCode(typed: string): string | null {
  const plain = typed.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replaceAll('l', '1').replaceAll('i', '1')
  return new RegExp(`^[0-9a-f]{${TYPED_DIGITS}}$`).test(plain) ? plain : null
}
