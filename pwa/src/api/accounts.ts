import type { Call, Query } from './client'
import type { Page } from './types'
import type { components } from './schema'

type Schemas = components['schemas']
export type AccountView = Schemas['AccountView']
export type OpenedAccount = Schemas['OpenedAccount']
export type DeviceView = Schemas['DeviceView']
export type SessionView = Schemas['SessionView']
export type EnrolmentCode = Schemas['NewEnrolmentCode']
export type AccountImport = Schemas['AccountImportReport']
export type TokenView = Schemas['TokenView']
export type IssuedToken = Schemas['IssuedToken']
export type AccountHistoryEntry = Schemas['AccountHistoryEntry']
export type AccountFieldChange = Schemas['AccountFieldChange']
export type Role = Schemas['OpenAccount']['roles'][number]
export interface DepartmentChoice { readonly id: string; readonly name: string }

const id = encodeURIComponent
const USERS = '/api/accounts/users'
const TOKENS = '/api/accounts/tokens'
const PHONES = '/api/accounts/enrolled-devices'

/** The operations of accounts, phones, sessions and tokens, by their operation ids. */
export function accountsApi(call: Call) {
  return {
    listAccounts: (query: Query) => call<Page<AccountView>>('GET', USERS, { query }),
    readAccount: (accountId: string) => call<AccountView>('GET', `${USERS}/${id(accountId)}`),
    openAccount: (accountId: string, body: Schemas['OpenAccount']) => call<OpenedAccount>('PUT', `${USERS}/${id(accountId)}`, { body }),
    changeAccount: (accountId: string, version: number, body: Schemas['ChangeAccount']) => call<AccountView>('PUT', `${USERS}/${id(accountId)}/rights`, { version, body }),
    endAccount: (accountId: string, body: Schemas['EndAccount']) => call<AccountView>('POST', `${USERS}/${id(accountId)}/departure`, { body }),
    returnAccount: (accountId: string, reason: string) => call<OpenedAccount>('POST', `${USERS}/${id(accountId)}/return`, { body: { reason } }),
    resetPassword: (accountId: string) => call<{ one_time_password: string }>('POST', `${USERS}/${id(accountId)}/password-reset`),
    issueEnrolmentCode: (accountId: string) => call<EnrolmentCode>('POST', `${USERS}/${id(accountId)}/enrolment-code`),
    listAccountSessions: (accountId: string) => call<Page<SessionView>>('GET', `${USERS}/${id(accountId)}/sessions`),
    revokeAccountSession: (accountId: string, sessionId: string) => call<undefined>('DELETE', `${USERS}/${id(accountId)}/sessions/${id(sessionId)}`),
    revokeAccountSessions: (accountId: string) => call<undefined>('DELETE', `${USERS}/${id(accountId)}/sessions`),
    readAccountHistory: (accountId: string, cursor: string | null = null) => call<Page<AccountHistoryEntry>>('GET', `${USERS}/${id(accountId)}/history`, { query: { cursor } }),
    listTokens: () => call<Page<TokenView>>('GET', TOKENS),
    issueToken: (tokenId: string, body: Schemas['IssueToken']) => call<IssuedToken>('PUT', `${TOKENS}/${id(tokenId)}`, { body }),
    revokeToken: (tokenId: string) => call<undefined>('DELETE', `${TOKENS}/${id(tokenId)}`),
    importAccounts: (importId: string, filename: string, mode: 'all' | 'good_rows', file: Blob) =>
      call<AccountImport>('PUT', `/api/accounts/imports/${id(importId)}`, { query: { filename, mode }, file }),
    listDevices: (query: Query) => call<Page<DeviceView>>('GET', PHONES, { query }),
    revokeDevice: (deviceId: string, reason: string) => call<undefined>('POST', `${PHONES}/${id(deviceId)}/revocation`, { body: { reason } }),
    listOwnSessions: () => call<Page<SessionView>>('GET', '/api/accounts/me/sessions'),
    revokeOwnSession: (sessionId: string) => call<undefined>('DELETE', `/api/accounts/me/sessions/${id(sessionId)}`),
    revokeOwnSessions: () => call<undefined>('DELETE', '/api/accounts/me/sessions'),
    changePassword: (current: string, next: string) => call<undefined>('POST', '/api/accounts/me/password', { body: { current, new: next } }),
  }
}
