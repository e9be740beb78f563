import { describe, expect, it } from 'vitest'
import type { AccountFieldChange, TokenView } from '@/api/accounts'
import { handoverSheet } from '@/console/admin/accounts/handover'
import { fieldText, valueText } from '@/console/admin/accounts/historyText'
import { lastDayOf, monthsLater, scopes, scopeText, standingOf } from '@/console/admin/clients/tokens'
import { browserText } from '@/console/browserText'

const token = (more: Partial<TokenView> = {}): TokenView => ({ id: 't', name: '省平台', scopes: ['plan.read'], issued_at: '2026-11-24T01:00:00Z', expires_at: '2027-01-31T16:00:00Z', last_used_at: null, revoked_at: null, ...more })

describe('a token', () => {
  it('ends with the day that was named, not with the midnight after it', () => {
    expect(lastDayOf(token())).toBe('2027-01-31')
  })
  it('is in use until it is over or stopped', () => {
    expect(standingOf(token(), new Date('2027-01-31T15:59:00Z')).live).toBe(true)
    expect(standingOf(token(), new Date('2027-01-31T16:00:00Z')).words).toBe('clients.over')
    expect(standingOf(token({ revoked_at: '2026-11-25T00:00:00Z' }), new Date('2026-11-26T00:00:00Z')).words).toBe('clients.stopped')
  })
  it('is proposed for a year, also from a day that the other month lacks', () => {
    expect(monthsLater(12, new Date('2028-02-29T04:00:00Z'))).toBe('2029-02-28')
    expect(monthsLater(12, new Date('2026-11-23T17:00:00Z'))).toBe('2027-11-24') // the county's day, not Greenwich's
  })
  it('has words for what it may read', () => {
    for (const scope of scopes) expect(scopeText(scope)).not.toBe(scope)
  })
})

describe('an account’s history', () => {
  const change = (more: Partial<AccountFieldChange>): AccountFieldChange => ({ field: 'roles', before: [], after: [], ...more })
  it('speaks of roles and states in words', () => {
    expect(valueText(change({}), ['inspector', 'team_lead'])).toBe('执法检查人员、牵头股室')
    expect(valueText(change({ field: 'status' }), ['transferred'])).toBe('已调离')
    expect(valueText(change({ field: 'department' }), [])).toBe('—')
    expect(fieldText(change({ field: 'inspector' }))).toBe('名录库')
  })
})

it('a browser is named as somebody would say it', () => {
  expect(browserText('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0')).toBe('Edge · Windows')
  expect(browserText('Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36')).toBe('Chrome · Android')
  expect(browserText('python-httpx/0.28')).toBe('电脑浏览器')
  expect(browserText(null)).toBe('电脑浏览器')
})

it('the sheet of one-time passwords opens in a spreadsheet and runs nothing there', () => {
  const sheet = decodeURIComponent(handoverSheet([{ line: 2, account_id: 'a', username: 'zhao', display_name: '=1+1"', one_time_password: 'abcd-efgh' }]).replace(/^[^,]*,/, ''))
  expect(sheet).toBe('\uFEFF"姓名","用户名","一次性密码"\r\n"\'=1+1""","zhao","abcd-efgh"\r\n')
})
