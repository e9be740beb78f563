/** Whether somebody writes there: then a letter is a letter. */
export function writes(where: EventTarget | null): boolean {
  return where instanceof HTMLElement && (where.isContentEditable || where.tagName === 'TEXTAREA' || where.tagName === 'SELECT' || (where instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'file'].includes(where.type)))
}

/** The key of a shortcut, small; nothing where somebody writes, or where the key belongs to browser or system. */
export function plainKey(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return null
  return event.key.length === 1 ? event.key.toLowerCase() : event.key
}

/** After `g`, this letter leads to that place. */
export const places = { o: 'overview', d: 'draws', i: 'inspections', r: 'registry', f: 'figures', c: 'catalogue', a: 'admin', n: 'inbox', m: 'me' } as const
