/** The first list of a new phone does not wait for the vault's code; a phone that has a vault has the code kept as well. */
import type { Core } from './core'
import { THIS } from './rows'

export const vaultWork = (): Promise<typeof import('./vaultWork')> => import('./vaultWork')

/** Takes up the keys that there are, before anything is read. Throws when they cannot be taken up. */
export async function openKeptVault(core: Core): Promise<void> {
  if (await core.db.read(['vault'], (tx) => tx.has('vault', THIS))) await (await vaultWork()).openVault(core)
}

/** Makes the keys if there are none, and seals what is plain. Never throws: the next start tries again. */
export async function makeVault(core: Core): Promise<void> {
  try {
    const work = await vaultWork()
    await work.openVault(core)
    await work.sealWhatIsPlain(core)
  } catch {
    // rows stay as they are
  }
}
