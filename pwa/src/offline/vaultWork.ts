/** The vault's work and its cipher: one file, loaded when there is a vault to open or to make. */
export { exportUnsent } from './exportUnsent'
export { importUnsent } from './importUnsent'
export { learnServerKey, recoverPin } from './serverHelp'
export { sealWhatIsPlain } from './sealRows'
export { lockAfter, openVault, removePin, setPin, unlock } from './vaultKeys'
