import { RESULT_SENTENCES } from '@/checklist'
import { inLanguage } from '@/messages/t'

/** The fixed sentence of a result code; a code that this version does not know is shown as it is. */
export function resultText(code: string): string {
  const sentences: Readonly<Record<string, Readonly<Record<string, string>>>> = RESULT_SENTENCES
  const known = Object.hasOwn(sentences, code) ? sentences[code] : undefined
  return known ? inLanguage(known) : code
}
