"""The command `palmcheck`."""

import argparse
import asyncio
import logging
import sys
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.jurisdictions import reads as jurisdictions
from palmcheck.kernel import trail
from palmcheck.kernel.database import open_engine
from palmcheck.migrations.upgrade import migrate
from palmcheck.serving import serve
from palmcheck.settings import Settings, from_environment


def main() -> None:
    """Runs one sub-command; each says in --help what it does."""
    parser = argparse.ArgumentParser(prog="palmcheck", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="start the system: database, migrations, server")
    serving.add_argument("--demo", action="store_true", help="load the demonstration county first")
    serving.add_argument("--lan", action="store_true", help="for phones in the same network: certificate, QR code, steps")
    commands.add_parser("migrate", help="bring the database of PALMCHECK_MIGRATION_URL up to date")
    audit = commands.add_parser("audit", help="check the trail").add_subparsers(dest="what", required=True)
    audit.add_parser("verify", help="follow every chain of the trail from its first entry to its head")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = from_environment()
    match asked.command:
        case "serve":
            serve(settings, demo=asked.demo, lan=asked.lan)
        case "migrate":
            asyncio.run(migrate(_needed(settings.migration_url)))
        case "audit":
            sys.exit(asyncio.run(_verify_trail(settings)))


def _needed(url: str | None) -> str:
    if url is None:
        sys.exit("set PALMCHECK_DATABASE_URL (or PALMCHECK_MIGRATION_URL) to the database's URL")
    return url


async def _verify_trail(settings: Settings) -> int:
    """Prints what is wrong with each jurisdiction's chain; exit code 1 if anything is."""
    engine = open_engine(_needed(settings.database_url))
    wrong = 0
    try:
        async with AsyncSession(engine) as session:
            rows = jurisdictions.jurisdiction_rows.subquery()
            places: list[tuple[UUID, str]] = [
                tuple(row) for row in await session.execute(select(rows.c.id, rows.c.name))
            ]
            for id, name in places:
                faults = await trail.verify(session, id)
                wrong += len(faults)
                print(f"{name}: {'; '.join(faults) if faults else 'the trail verifies'}")
    finally:
        await engine.dispose()
    return 1 if wrong else 0
