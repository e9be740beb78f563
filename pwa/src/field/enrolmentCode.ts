const SCHEME = 'palmcheck-enrol:'

/** The code in what was typed, pasted or scanned: the plain code, or `palmcheck-enrol:<origin>#<code>`. */
export function enrolmentCode(entered: string): string {
  const text = entered.trim()
  return text.startsWith(SCHEME) ? text.slice(text.lastIndexOf('#') + 1).trim() : text
}
