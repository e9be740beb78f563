"""Loading the demonstration once, and telling where its logins are."""

import asyncio
from pathlib import Path

import msgspec

from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.demonstration.county import DemoAccount, found_county, is_founded
from palmcheck.kernel.unit_of_work import Database

ACCOUNTS_FILE = "demo-accounts.json"


async def load_demonstration(database: Database, data_folder: Path, form: Checklist | None = None) -> list[DemoAccount]:
    """Loads the county unless it is there, and answers the logins; they stand in `<data>/demo-accounts.json`.

    `form`: another checklist than the catering form. The file is written inside the transaction: either both are
    there or neither.
    """
    path = data_folder / ACCOUNTS_FILE
    async with database.unit_of_work() as tx:
        if not await is_founded(tx):
            logins = await found_county(tx, form)
            await asyncio.to_thread(_write, path, logins)
            return logins
    return await asyncio.to_thread(_read, path)


def _write(path: Path, logins: list[DemoAccount]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(logins), indent=2))


def _read(path: Path) -> list[DemoAccount]:
    return msgspec.json.decode(path.read_bytes(), type=list[DemoAccount]) if path.exists() else []
