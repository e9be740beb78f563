/** What was typed into a number field: a number, nothing yet, or no number. */
export type Typed = { readonly is: 'number'; readonly value: number } | { readonly is: 'empty' } | { readonly is: 'unclear' }

/** Reads a typed number; Chinese keyboards give full-width digits, a full-width minus and 。 for the point. */
export function readNumber(text: string): Typed {
  const plain = text.trim().normalize('NFKC').replace(/[。，,]/g, '.').replace(/[−–—]/g, '-')
  if (plain === '') return { is: 'empty' }
  if (!/^-?\d{1,12}(\.\d{0,6})?$/.test(plain)) return { is: 'unclear' }
  return { is: 'number', value: Number(plain) }
}

/** The text with the other sign: iOS shows no minus on its decimal keys. */
export function flipped(text: string): string {
  return text.startsWith('-') ? text.slice(1) : `-${text}`
}
