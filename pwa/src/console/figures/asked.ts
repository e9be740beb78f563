import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Asked } from '@/api/figures'
import { today } from '@/messages/dates'
import { quarterOf, readQuarter, type Quarter } from '../quarters'

const text = (value: unknown) => typeof value === 'string' && value !== '' ? value : undefined

/** The quarter and the place that the address asks for, and how to ask for others; the rest of the address stays. */
export function useAsked(): { asked: ComputedRef<Asked & { quarter: Quarter }>; query: ComputedRef<Record<string, string>>; ask(change: Record<string, string | undefined>): void } {
  const route = useRoute()
  const router = useRouter()
  const asked = computed(() => ({ quarter: readQuarter(route.query['quarter'], quarterOf(today())), jurisdiction_id: text(route.query['place']) }))
  const query = computed(() => ({ quarter: asked.value.quarter, ...(asked.value.jurisdiction_id ? { place: asked.value.jurisdiction_id } : {}) }))
  const ask = (change: Record<string, string | undefined>) => void router.replace({ query: { ...route.query, ...change } })
  return { asked, query, ask }
}
