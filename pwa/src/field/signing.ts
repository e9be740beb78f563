import type { OfficerSignature, Party } from '@/offline'
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
export type Lacking = 'check_in' | 'officer_signature' | 'rights' | 'party' | 'party_name' | 'refuse_reason'

interface Signing {
  readonly checkIn: unknown
  readonly checkInOperationId: string | null
  readonly officerSignatures: readonly OfficerSignature[]
  readonly rightsReadAt: string | null
  readonly party: Party | null
}

function lackingOfParty(party: Party | null): Lacking[] {
  if (!party) return ['party']
  if (party.kind === 'refused') return party.reason.trim() === '' ? ['refuse_reason'] : []
  const unsigned: Lacking[] = isSigned(party.strokes) ? [] : ['party']
  return party.name.trim() === '' ? [...unsigned, 'party_name'] : unsigned
}

/** Every officer of the part signs (R3), rights are read, and the party signs or refuses with a reason (R29). */
export function lackingOf(draft: Signing, officerIds: readonly string[]): Lacking[] {
  const signed = new Set(draft.officerSignatures.filter((each) => isSigned(each.strokes)).map((each) => each.inspector_id))
  const lacking: Lacking[] = draft.checkIn || draft.checkInOperationId ? [] : ['check_in']
  if (officerIds.some((id) => !signed.has(id))) lacking.push('officer_signature')
  if (!draft.rightsReadAt) lacking.push('rights')
  return [...lacking, ...lackingOfParty(draft.party)]
}
