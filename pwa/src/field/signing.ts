import { lacking, type Lack } from '@/checklist'
import type { Draft, OfficerSignature, Party } from '@/offline'
import { isSigned, type Strokes } from '@/ui/strokes'

/** The signatures with this officer's new one; wiped strokes take it away. */
export function withSignature(kept: readonly OfficerSignature[], inspectorId: string, strokes: Strokes, at: string): readonly OfficerSignature[] {
  const others = kept.filter((each) => each.inspector_id !== inspectorId)
  return strokes.length === 0 ? others : [...others, { inspector_id: inspectorId, strokes, signed_at: at }]
}

interface Signatures { readonly officerSignatures: readonly OfficerSignature[]; readonly party: Party | null }

/**
 * What a changed answer does to the signatures: nobody has signed the changed record, so they go.
 * The party's name stays, and so does a refusal: it agreed to nothing. Null when there was nothing to take.
 */
export function unsigned({ officerSignatures, party }: Signatures): Signatures | null {
  const partySigned = party?.kind === 'signed' && party.strokes.length > 0
  if (officerSignatures.length === 0 && !partySigned) return null
  return { officerSignatures: [], party: partySigned ? { ...party, strokes: [] } : party }
}

/** What still lacks before a part may be submitted, beside its checklist. */
export type Lacking =
  | 'check_in' | 'officer_signature' | 'certificates' | 'rights' | 'party' | 'party_name' | 'refuse_reason' | 'witness' | 'outcome' | 'problems' | 'expert'

type Signing = Pick<Draft, 'checkIn' | 'checkInOperationId' | 'officerSignatures' | 'countersigners' | 'rightsReadAt' | 'party' | 'outcome' | 'problems' | 'certificatesShown' | 'expertFindings'> & { readonly photos: readonly { readonly id: string }[] }

/** What the screen calls a lack of the record's rules. */
function nameOf({ field, rule }: Lack): Lacking {
  if (field === 'party') return 'party'
  if (field === 'party.reason') return 'refuse_reason'
  if (field.startsWith('party.')) return 'witness'
  if (field.startsWith('outcome')) return 'outcome'
  return rule === 'certificates' || rule === 'rights' ? rule : 'problems'
}

function lackingOfSignature(party: Party | null): Lacking[] {
  if (party?.kind !== 'signed') return []
  return [...(isSigned(party.strokes) ? [] : ['party' as const]), ...(party.name.trim() === '' ? ['party_name' as const] : [])]
}

/**
 * Every officer of the part signs (R3), certificates are shown and rights read (R25), and the party signs or refuses
 * with a reason and a witness or photo (R29); a result of its own has its evidence. Each lack is named once.
 */
export function lackingOf(draft: Signing, officerIds: readonly string[], answeredNo: readonly string[] = [], attempts = 1): Lacking[] {
  const signed = new Set([...draft.countersigners, ...draft.officerSignatures.filter((each) => isSigned(each.strokes)).map((each) => each.inspector_id)])
  const found: Lacking[] = draft.checkIn || draft.checkInOperationId ? [] : ['check_in']
  if (officerIds.some((id) => !signed.has(id))) found.push('officer_signature')
  const { outcome, party, photos } = draft
  const record = {
    answers: {}, photos, outcome, party: outcome && !touched(party) ? null : party, rights_read_at: draft.rightsReadAt, certificates_shown: draft.certificatesShown,
    problems: outcome ? [] : draft.problems, expert_findings: draft.expertFindings, left_at: new Date().toISOString(),
  }
  if (draft.expertFindings.some((each) => each.expert_name.trim() === '' || each.text.trim() === '')) found.push('expert')
  return [...new Set([...found, ...lacking(record, officerIds, answeredNo, attempts).map(nameOf), ...lackingOfSignature(record.party)])]
}

/** Whether anything was entered for the party: an empty form is no party where none is needed. */
export function touched(party: Party | null): boolean {
  return party?.kind === 'refused' ? party.reason.trim() !== '' : party !== null && (party.name.trim() !== '' || party.strokes.length > 0)
}
