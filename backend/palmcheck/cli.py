"""The command `palmcheck`."""

import argparse
import asyncio
import logging
import sys
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.app import CHECKS
from palmcheck.jurisdictions import reads as jurisdictions
from palmcheck.kernel import doctor, embedded_postgres, trail
from palmcheck.kernel.clock import now
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.problems import LANGUAGES
from palmcheck.kernel.unit_of_work import Database
from palmcheck.metrics import tallies
from palmcheck.migrations.upgrade import migrate
from palmcheck.serving import serve
from palmcheck.settings import Settings, from_environment
from palmcheck.working import work


def main() -> None:
    """Runs one sub-command; each says in --help what it does."""
    parser = argparse.ArgumentParser(prog="palmcheck", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="start the system: database, migrations, server")
    serving.add_argument("--demo", action="store_true", help="load the demonstration first")
    serving.add_argument(
        "--lan", action="store_true", help="for phones in the same network: certificate, QR code, steps"
    )
    working = commands.add_parser("worker", help="run jobs; as many as it takes, on any machine that has the database")
    working.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)
    commands.add_parser("migrate", help="bring the database of PALMCHECK_MIGRATION_URL up to date")
    audit = commands.add_parser("audit", help="check the trail").add_subparsers(dest="what", required=True)
    audit.add_parser("verify", help="follow every chain of the trail from its first entry to its head")
    examining = commands.add_parser(
        "doctor", help="look whether tables, trail and photos fit together, and say what to do"
    )
    examining.add_argument("--deep", action="store_true", help="read every photo too and compare its hash")
    examining.add_argument("--json", action="store_true", help="for a program")
    examining.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help="of the sentences")
    commands.add_parser("recount", help="make the figures' facts and tallies anew; results wait until it is done")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = from_environment()
    match asked.command:
        case "serve":
            serve(settings, demo=asked.demo, lan=asked.lan)
        case "worker":
            work(settings, _needed(settings.database_url), beside=asked.beside)
        case "migrate":
            asyncio.run(migrate(_needed(settings.migration_url)))
        case "audit":
            sys.exit(asyncio.run(_verify_trail(settings)))
        case "recount":
            asyncio.run(_recount(settings))
        case "doctor":
            sys.exit(asyncio.run(_examine(settings, deep=asked.deep, as_json=asked.json, language=asked.lang)))


def _needed(url: str | None) -> str:
    if url is None:
        sys.exit("set PALMCHECK_DATABASE_URL (or PALMCHECK_MIGRATION_URL) to the database's URL")
    return url


def _database_url(settings: Settings) -> str:
    """The database of the settings, or the embedded one while the system runs."""
    embedded = embedded_postgres.running(settings.data_folder / "postgres")
    if settings.database_url is None and embedded is not None:
        return embedded.url(embedded_postgres.APP)
    return _needed(settings.database_url)


async def _examine(settings: Settings, *, deep: bool, as_json: bool, language: str) -> int:
    """Prints what does not fit; exit code 1 if anything is wrong, 0 if there are only things to know."""
    engine = open_engine(_database_url(settings))
    try:
        found = await doctor.make_round(Database(engine), settings.open_store(), CHECKS, now(), deep=deep)
    finally:
        await engine.dispose()
    print(doctor.as_json(found, language) if as_json else doctor.report(found, language))
    return 1 if doctor.faults(found) else 0


async def _recount(settings: Settings) -> None:
    engine = open_engine(_database_url(settings))
    async with engine.begin() as connection:
        await tallies.recount(connection)
    await engine.dispose()


async def _verify_trail(settings: Settings) -> int:
    """Prints what is wrong with each jurisdiction's chain; exit code 1 if anything is."""
    engine = open_engine(_database_url(settings))
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
