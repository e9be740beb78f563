"""Import of 1,000,000 targets against a bare COPY of the same rows into a table with the same indexes.

    python -m tests.bench.bench_import [ROWS]

The limit is 3 times the bare COPY (design.md, speed). Prints both, the ratio, and a repeat of the same file.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from time import perf_counter

import asyncpg

from palmcheck.accounts.actor import Actor
from palmcheck.kernel import embedded_postgres
from palmcheck.kernel.database import open_engine, plain_url
from palmcheck.kernel.embedded_postgres import APP, OWNER
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database
from palmcheck.migrations.upgrade import migrate
from palmcheck.registry.importing import service
from palmcheck.registry.importing.events import TargetImportReceived
from palmcheck.registry.importing.models import TargetImport
from tests.bench.many_targets import write_csv

LIMIT = 3.0
CLERK = Actor(new_id(), new_id(), None, None, None, new_id(), "clerk", "", ("joint_office",))


async def import_file(database: Database, path: Path) -> TargetImport:
    """Uploads and runs the job, as the API and the worker do."""

    async def chunks() -> AsyncIterator[bytes]:
        with path.open("rb") as file:
            while piece := file.read(1 << 18):
                yield piece

    id = new_id()
    with tempfile.TemporaryFile() as file:
        length, file_sha256 = await service.spool(chunks(), file)
        async with database.unit_of_work() as tx:
            await service.receive_import(tx, CLERK, id, path.name, "merge", file, length, file_sha256)
    async with database.unit_of_work() as tx:
        event = TargetImportReceived(
            jurisdiction_id=CLERK.jurisdiction_id, import_id=id, mode="merge", file_sha256=file_sha256
        )
        await service.run_import(tx, event)
    async with database.reading() as session:
        return await session.get_one(TargetImport, (CLERK.jurisdiction_id, id))


async def bare_copy(url: str, file: Path) -> float:
    """Seconds that COPY takes for the rows of `target` into a table just like it."""
    connection = await asyncpg.connect(plain_url(url))
    columns = [
        row[0]
        for row in await connection.fetch(
            "select attname from pg_attribute where attrelid = 'target'::regclass and attnum > 0 "
            "and attgenerated = '' and not attisdropped order by attnum"
        )
    ]
    await connection.copy_from_table("target", columns=columns, output=file, format="binary")
    await connection.execute("create table bare (like target including all)")
    began = perf_counter()
    await connection.copy_to_table("bare", source=file, columns=columns, format="binary")
    took = perf_counter() - began
    await connection.close()
    return took


async def main(count: int) -> bool:
    """Measures and prints; whether the limit holds."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # the database has a user of its own
        server = embedded_postgres.start(Path(folder) / "postgres")
        try:
            await embedded_postgres.ensure_roles(server)
            await migrate(server.url(OWNER), app_role=APP)
            engine = open_engine(server.url(APP))
            database = Database(engine, service.REACTIONS)
            write_csv(Path(folder) / "targets.csv", count)
            took = []
            for _ in range(2):
                began = perf_counter()
                row = await import_file(database, Path(folder) / "targets.csv")
                took.append(perf_counter() - began)
                print(f"import: {took[-1]:.1f} s, new {row.new}, changed {row.changed}, unchanged {row.unchanged}, "
                      f"bad {row.bad}")  # fmt: skip
            await engine.dispose()
            bare = await bare_copy(server.url(OWNER), Path(folder) / "rows")
        finally:
            server.stop()
    ratio = took[0] / bare
    print(f"bare COPY of {count} rows with the same indexes: {bare:.1f} s; ratio {ratio:.2f}, limit {LIMIT}")
    return ratio <= LIMIT


if __name__ == "__main__":
    sys.exit(not asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)))
