"""Search and lists of the public site among 1,000,000 published records, beside their limits.

    python -m tests.bench.bench_public_search [RECORDS] [--kept FOLDER]

Fills a database of its own and asks what the public asks, through the verbs that pages and API call: the newest list
within 20 ms, any search within 100 ms, at the 95th percentile. `--kept`: fills a folder once and asks again.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.kernel import embedded_postgres
from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.embedded_postgres import APP, OWNER, EmbeddedPostgres
from palmcheck.kernel.grams import initials
from palmcheck.kernel.paging import encode_cursor
from palmcheck.kernel.unit_of_work import Database
from palmcheck.migrations.upgrade import migrate
from palmcheck.publication.models import PublicRecord
from palmcheck.publication.public_counts import department_rows, overdue_rows, task_progress
from palmcheck.publication.service import read_record_page, search_records
from palmcheck.publication.types import RecordFilter
from tests.bench.bench_search import FIRST, TRADES
from tests.bench.many_records import CITY, COUNTIES, DEPARTMENTS, TASKS, Place, fill, place_of
from tests.bench.push_floor import cpu_seconds

NEWEST_MS, SEARCH_MS, COUNTS_MS = 20.0, 100.0, 300.0
COUNTED = ("departments with counts", "what is overdue", "a task's progress")
"""Figures of everything, as quick as figures must be; pages keep them for half a minute."""
ROUNDS = 60
Ask = Callable[[AsyncSession], Awaitable[object]]


class Questions:
    """What the public asks, each time anew."""

    def __init__(self, chance: random.Random, known: list[tuple[UUID, str]], cursors: list[str]) -> None:
        self._chance, self._known, self._cursors = chance, known, cursors

    def _place(self) -> Place:
        any_of = self._chance.randint
        return place_of(any_of(1, COUNTIES), any_of(1, DEPARTMENTS), any_of(1, TASKS))

    def _brand(self, length: int) -> str:
        return "".join(self._chance.choices(FIRST, k=length))

    def _cursor(self) -> str:
        return self._chance.choice(self._cursors)

    def _trade(self) -> str:
        return self._chance.choice(TRADES)

    def searches(self) -> dict[str, Callable[[], RecordFilter]]:
        """Name -> a new search."""
        choice, place = self._chance.choice, self._place
        today = law_date(now())

        def days() -> dict[str, Any]:
            until = today - timedelta(days=self._chance.randint(0, 1000))
            return {"published_from": until - timedelta(days=30), "published_until": until}

        rare = ("refused_to_cooperate", "information_false", "other")
        return {
            "newest": RecordFilter,
            "newest of a city": lambda: RecordFilter(jurisdiction_id=CITY),
            "newest of a county": lambda: RecordFilter(jurisdiction_id=place().county),
            "newest of a department": lambda: RecordFilter(department_id=place().department),
            "newest of a task": lambda: RecordFilter(plan_task_id=place().task),
            "one enterprise": lambda: RecordFilter(enterprise_key=choice(self._known)[1]),
            "a rare result": lambda: RecordFilter(result_code=choice(rare)),
            "a month long ago": lambda: RecordFilter(**days()),
            "county and industry": lambda: RecordFilter(jurisdiction_id=place().county, industry_section="H"),
            "county and rare result": lambda: RecordFilter(jurisdiction_id=place().county, result_code=choice(rare)),
            "department, rare result": lambda: RecordFilter(department_id=place().department, result_code=choice(rare)),
            "department and another's place": lambda: RecordFilter(
                jurisdiction_id=place().county, department_id=place().department
            ),
            "industry and rare result": lambda: RecordFilter(industry_section="A", result_code=choice(rare)),
            "department, month long ago": lambda: RecordFilter(department_id=place().department, **days()),
            "all filters": lambda: RecordFilter(
                jurisdiction_id=CITY, department_id=place().department, industry_section="C",
                result_code=choice(rare), **days(),
            ),
            "two characters": lambda: RecordFilter(q=self._brand(2)),
            "two characters and a trade": lambda: RecordFilter(q=self._brand(2) + self._trade()),
            "a trade": lambda: RecordFilter(q=self._trade()),
            "pinyin initials (4)": lambda: RecordFilter(q=initials(self._brand(2) + self._trade())[:4]),
            "pinyin initials (2)": lambda: RecordFilter(q=initials(self._brand(2))),
            "start of a code": lambda: RecordFilter(q=f"915101{self._chance.randint(0, 99):02d}MA0"),
            "middle of a code": lambda: RecordFilter(q=choice(self._known)[1][8:16]),
            "a whole code": lambda: RecordFilter(q=choice(self._known)[1]),
            "one character": lambda: RecordFilter(q=choice(FIRST)),
            "one strange character": lambda: RecordFilter(q=choice("囍燚淼垚")),
            "very common pair": lambda: RecordFilter(q=choice(("有限", "公司", "临江", "餐饮", "yx", "gs"))),
            "common pairs, never together": lambda: RecordFilter(q=choice(("司有", "店有限", "公司临江"))),
            "nothing like it": lambda: RecordFilter(q=choice(("鑫垚囍", "zzqq", "zz"))),
            "a trade, rare result": lambda: RecordFilter(q=self._trade(), result_code=choice(rare)),
            "common pair, rare result": lambda: RecordFilter(q="有限", result_code=choice(rare)),
            "a trade in a department": lambda: RecordFilter(q=self._trade(), department_id=place().department),
            "a trade in a month": lambda: RecordFilter(q=self._trade(), **days()),
            "two characters in a county": lambda: RecordFilter(q=self._brand(2), jurisdiction_id=place().county),
        }  # fmt: skip

    def pages(self) -> dict[str, Ask]:
        """Name -> what a page asks beside."""
        today = law_date(now())
        return {
            "a record's page": lambda s: read_record_page(s, self._chance.choice(self._known)[0], "zh-CN"),
            "far down the newest": lambda s: search_records(s, RecordFilter(), self._cursor(), "zh-CN"),
            "far down a trade": lambda s: search_records(s, RecordFilter(q=self._trade()), self._cursor(), "zh-CN"),
            "departments with counts": lambda s: department_rows(s, today),
            "what is overdue": lambda s: overdue_rows(s, today),
            "a task's progress": lambda s: task_progress(s, self._place().task, today),
        }  # fmt: skip


async def questions(database: Database) -> Questions:
    """With some records that there are, and cursors far down."""
    async with database.reading() as session:
        rows = (
            await session.execute(
                select(PublicRecord.id, PublicRecord.enterprise_key, PublicRecord.published_at).limit(200)
                .where(PublicRecord.department_id == place_of(1, 1, 1).department)
            )
        ).all()  # fmt: skip
    known = [(row[0], str(row[1])) for row in rows]
    return Questions(random.Random(11), known, [encode_cursor(row[2].isoformat(), str(row[0])) for row in rows])


async def _cpu(database: Database) -> float:
    """Seconds that this process and its backend have worked: what a busy machine does not change."""
    async with database.reading() as session:
        pid = await session.scalar(text("select pg_backend_pid()"))
    return process_time() + cpu_seconds(int(pid or 0))


async def measure(database: Database) -> bool:
    """Asks and prints; whether every limit holds."""
    asked = await questions(database)

    def search(new: Callable[[], RecordFilter]) -> Ask:
        return lambda session: search_records(session, new(), None, "zh-CN")

    every = {name: search(new) for name, new in asked.searches().items()} | asked.pages()
    print(f"{'question':34}{'p50 ms':>9}{'p95 ms':>9}{'limit':>7}{'CPU ms':>9}")
    holds = True
    for name, ask in every.items():
        took = []
        used = await _cpu(database)
        for _ in range(ROUNDS):
            async with database.reading() as session:
                began = perf_counter()
                await ask(session)
                took.append((perf_counter() - began) * 1000)
        used = (await _cpu(database) - used) / ROUNDS * 1000
        cuts = quantiles(took, n=20)
        limit = NEWEST_MS if name == "newest" else COUNTS_MS if name in COUNTED else SEARCH_MS
        holds &= cuts[18] < limit
        print(f"{name:34}{cuts[9]:9.1f}{cuts[18]:9.1f}{limit:7.0f}{used:9.1f}{'' if cuts[18] < limit else '  OVER'}",
              flush=True)  # fmt: skip
    print(f"load {os.getloadavg()[0]:.1f}; " + ("limits hold" if holds else "A LIMIT DOES NOT HOLD"))
    return holds


@contextmanager
def _server(kept: Path | None) -> Iterator[tuple[EmbeddedPostgres, bool]]:
    """A server, and whether it is filled already."""
    if kept is not None:
        filled = (kept / "filled").exists()
        kept.mkdir(mode=0o755, exist_ok=True)
        server = embedded_postgres.start(kept, durable=False)
        try:
            yield server, filled
        finally:
            server.stop()
        return
    with tempfile.TemporaryDirectory() as folder:
        server = embedded_postgres.start(Path(folder), durable=False)
        try:
            yield server, False
        finally:
            server.stop()


async def _run(count: int, kept: Path | None) -> bool:
    with _server(kept) as (server, filled):
        await embedded_postgres.ensure_roles(server)
        await migrate(server.url(OWNER), app_role=APP)
        if not filled:
            began = perf_counter()
            await fill(server.url(OWNER), count)
            print(f"{count:,} records filled in {perf_counter() - began:.0f} s", flush=True)
            if kept is not None:
                (kept / "filled").touch()
        engine = open_engine(server.url(APP))
        holds = await measure(Database(engine))
        await engine.dispose()
    return holds


def main() -> None:
    """Fills, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--kept", type=Path)
    asked = parser.parse_args()
    sys.exit(0 if asyncio.run(_run(asked.records, asked.kept)) else 1)


if __name__ == "__main__":
    main()
