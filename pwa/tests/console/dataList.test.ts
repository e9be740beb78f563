import { createSSRApp, h, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { renderToString } from 'vue/server-renderer'
import { describe, expect, it } from 'vitest'
import { addressOfExport, orderOf, turned, useColumns, wantedOf, type Column, type Filter } from '@/console/parts/dataList'
import DataList from '@/console/parts/DataList.vue'
import { memoryStorage } from './withDesk'

const filters: Filter[] = [{ key: 'status', label: '状态', options: [{ value: 'operating', label: '在营' }] }]
const columns: Column[] = [{ key: 'name', label: '名称', sortable: true }, { key: 'code', label: '代码' }, { key: 'note', label: '备注', optional: true }]

describe('the address of a list', () => {
  it('is read without what this list does not offer', () => {
    expect(wantedOf({ q: ' 面馆 ', sort: '-name', status: 'operating', page: '2' }, filters, ['name'])).toEqual({ q: '面馆', sort: '-name', status: 'operating' })
    expect(wantedOf({ q: ['a'], sort: 'code', status: 'flying' }, filters, ['name'])).toEqual({})
  })
  it('goes into the export', () => {
    expect(addressOfExport('/api/x/export.xlsx', { q: '面馆', status: 'operating' })).toBe('/api/x/export.xlsx?q=%E9%9D%A2%E9%A6%86&status=operating')
    expect(addressOfExport('/api/x/export.xlsx', {})).toBe('/api/x/export.xlsx')
  })
})

it('a column’s head turns the order', () => {
  expect([turned(undefined, 'name'), turned('name', 'name'), turned('-name', 'name')]).toEqual(['name', '-name', 'name'])
  expect([orderOf('name', 'name'), orderOf('-name', 'name'), orderOf('code', 'name')]).toEqual(['ascending', 'descending', undefined])
})

describe('the choice of columns', () => {
  it('is kept under the list’s name, in the columns’ own order', () => {
    const storage = memoryStorage()
    const first = useColumns('targets', () => columns, storage)
    expect(first.shown.value).toEqual(['name', 'code'])
    first.toggle('code')
    first.toggle('note')
    first.toggle('code')
    expect(useColumns('targets', () => columns, storage).shown.value).toEqual(['name', 'code', 'note'])
    expect(useColumns('others', () => columns, storage).shown.value).toEqual(['name', 'code'])
  })
  it('never loses the first column, and outlives a storage that is full or garbled', () => {
    const full = useColumns('targets', () => columns, memoryStorage({ full: true }))
    full.toggle('name')
    full.toggle('code')
    expect(full.shown.value).toEqual(['name'])
    const garbled = memoryStorage()
    garbled.setItem('palmcheck.columns.targets', '{no')
    expect(useColumns('targets', () => columns, garbled).shown.value).toEqual(['name', 'code'])
  })
})

describe('the list', () => {
  const rows = [{ id: '1', name: '临江面馆', code: null }, { id: '2', name: '江畔酒楼', code: 'X' }]
  async function drawn(load: () => Promise<{ items: typeof rows; next: string | null }>, address = '/') {
    const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', name: 'list', component: {} }, { path: '/:id', name: 'row', component: {} }] })
    await router.push(address)
    const screen = {
      setup() {
        return () => h(DataList as Component, { name: 'test', columns, load, filters, searchLabel: '查找', exportUrl: '/x.xlsx', to: (row: object) => ({ name: 'row', params: { id: (row as { id: string }).id } }), emptyTitle: '还没有对象' })
      },
    }
    return renderToString(createSSRApp(screen).use(router))
  }
  /** Answers before the first drawing, as a promise cannot. */
  const soon = (value: { items: typeof rows; next: string | null }) => () => ({ then: (settle: (given: unknown) => void) => { settle(value); return Promise.resolve() } }) as unknown as Promise<typeof value>

  it('has a link a row, a mark where a cell is empty, a button for more', async () => {
    const html = await drawn(soon({ items: rows, next: 'x' }), '/?sort=-name&status=operating')
    expect(html.match(/class="row-link"/g)).toHaveLength(2)
    expect(html).toContain('href="/1"')
    expect(html).toContain('—')
    expect(html).toContain('aria-sort="descending"')
    expect(html).toContain('href="/x.xlsx?sort=-name&amp;status=operating"')
    expect(html).toContain('data-testid="list-more"')
    expect(html).not.toContain('备注</th>')
  })
  it('says what is missing: everything, or what was searched', async () => {
    expect(await drawn(soon({ items: [], next: null }))).toContain('还没有对象')
    expect(await drawn(soon({ items: [], next: null }), '/?q=x')).toContain('没有符合条件的内容')
  })
  it('waits visibly', async () => {
    expect(await drawn(() => new Promise(() => {}))).toContain('role="status"')
  })
})
