import { ref, type Ref } from 'vue'

/** A column of a list. `optional`: not shown until chosen; `figure`: numbers, set right. */
export interface Column { readonly key: string; readonly label: string; readonly sortable?: boolean; readonly optional?: boolean; readonly figure?: boolean }
export interface Filter { readonly key: string; readonly label: string; readonly options: readonly { readonly value: string; readonly label: string }[] }

/** What the server is asked: `q`, `sort` (a column's key, with `-` for downwards), `cursor`, and each filter by its key. */
export type ListQuery = Record<string, string> & { cursor?: string }

type Address = Readonly<Record<string, unknown>>
const text = (value: unknown) => typeof value === 'string' ? value : ''

/** Reads from the address what this list understands; a value that a filter does not offer is left out. */
export function wantedOf(address: Address, filters: readonly Filter[], sortable: readonly string[]): ListQuery {
  const wanted: ListQuery = {}
  const q = text(address['q']).trim()
  const sort = text(address['sort'])
  if (q) wanted['q'] = q
  if (sortable.includes(sort.replace(/^-/, ''))) wanted['sort'] = sort
  for (const filter of filters) {
    const value = text(address[filter.key])
    if (filter.options.some((option) => option.value === value && value !== '')) wanted[filter.key] = value
  }
  return wanted
}

/** The order after a press on a column's head: upwards, then downwards. */
export const turned = (sort: string | undefined, key: string) => sort === key ? `-${key}` : key

/** How a screen reader hears a column's order. */
export const orderOf = (sort: string | undefined, key: string) => sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : undefined

export const addressOfExport = (url: string, wanted: ListQuery) => {
  const query = new URLSearchParams(wanted).toString()
  return query ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url
}

const keptUnder = (name: string) => `palmcheck.columns.${name}`

function kept(name: string, columns: readonly Column[], storage: Storage | undefined): string[] | null {
  try {
    const found: unknown = JSON.parse(storage?.getItem(keptUnder(name)) ?? 'null')
    return Array.isArray(found) ? columns.map((each) => each.key).filter((key) => found.includes(key)) : null
  } catch {
    return null // unreadable or forbidden: as if nothing had been chosen
  }
}

/** Which columns of a list are shown, kept on this device under the list's name. The first column always is. */
export function useColumns(name: string, columns: () => readonly Column[], storage: Storage | undefined): { shown: Ref<readonly string[]>; toggle(key: string): void } {
  const usual = () => columns().filter((each) => !each.optional).map((each) => each.key)
  const shown = ref<readonly string[]>(kept(name, columns(), storage) ?? usual())
  function toggle(key: string) {
    if (key === columns()[0]?.key) return
    const wanted = shown.value.includes(key) ? shown.value.filter((each) => each !== key) : [...shown.value, key]
    shown.value = columns().map((each) => each.key).filter((each) => wanted.includes(each))
    try {
      storage?.setItem(keptUnder(name), JSON.stringify(shown.value))
    } catch {
      // A full or forbidden storage: the choice lasts as long as the page.
    }
  }
  return { shown, toggle }
}
