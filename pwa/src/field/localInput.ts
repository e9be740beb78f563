const two = (number: number) => String(number).padStart(2, '0')

/** An instant as `<input type=datetime-local>` shows it, by this phone's clock. */
export function localInput(instant: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return ''
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** The instant that was chosen; null while it is incomplete. */
export function instantOf(chosen: string): string | null {
  const at = new Date(chosen)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
