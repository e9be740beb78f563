"""Keys that a phone sealed to the server, opened for its owner: of its drafts, of a file of unsent work."""

import asyncio

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.session_control import confirm_password
from palmcheck.field.events import UnsentFileOpened, VaultOpened
from palmcheck.field.types import OpenedVault, OpenUnsentFile, OpenVault
from palmcheck.kernel.sealing import SealingKey
from palmcheck.kernel.signatures import to_base64url
from palmcheck.kernel.unit_of_work import Tx


async def open_vault(tx: Tx, by: Actor, data: OpenVault, key: SealingKey) -> OpenedVault:
    """Gives the key back to the account that signs in with its password on the very phone that sealed it.

    Raises PasswordWrong, BoxUnreadable.
    """
    await confirm_password(tx, by, data.password)
    context = f"palmcheck/vault/v1/{by.account_id}/{by.device_id}"
    opened = await asyncio.to_thread(key.open, data.sealed, context)
    tx.record(by, VaultOpened(jurisdiction_id=by.jurisdiction_id, account_id=by.account_id))
    return OpenedVault(to_base64url(opened))


async def open_unsent_file(tx: Tx, by: Actor, data: OpenUnsentFile, key: SealingKey) -> OpenedVault:
    """Gives the key of a file to the account whose phone wrote it, on whichever phone it is signed in now.

    Raises BoxUnreadable.
    """
    context = f"palmcheck/unsent/v2/{by.account_id}/{data.device_id}"
    opened = await asyncio.to_thread(key.open, data.sealed, context)
    event = UnsentFileOpened(jurisdiction_id=by.jurisdiction_id, account_id=by.account_id, written_by=data.device_id)
    tx.record(by, event)
    return OpenedVault(to_base64url(opened))
