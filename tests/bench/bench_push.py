"""Push of a submission with two 300 KB photos, durable, beside its floor (design.md section 9).

    python -m tests.bench.bench_push [--short] [--stored N ...]

The floor is the same rows by bare asyncpg in one transaction and the same bytes written with fsync, on the same
machine in the same run. A push is five requests over real sockets; the clients that make them take their share of
the cores. Then: what a submission takes on disk, and the database's work for one with ever more of them stored.
"""

import argparse
import asyncio
import os
import secrets
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import asyncpg
import httpx
from PIL import Image

from palmcheck.app import REACTIONS
from palmcheck.demonstration.county import DemoAccount
from palmcheck.demonstration.loading import load_demonstration
from palmcheck.kernel import embedded_postgres
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.embedded_postgres import APP, OWNER, EmbeddedPostgres
from palmcheck.kernel.folder_store import FolderStore
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database
from palmcheck.migrations.upgrade import migrate
from tests.bench.many_visits import store
from tests.bench.push_floor import Floor, cpu_seconds, rows_of_one
from tests.evidence.servers import RunningServer, start_server, stop_server
from tests.world.phone import Json, Phone, photo_ref
from tests.world.pictures import MARKER

CLIENTS = (1, 4, 8, 16)
LEAST_SHARE = 0.5
"""Of the floor's rate."""
FLAT = 1.5
"""The work for one submission may grow by so much from the smallest to the largest table."""
PHOTO_BYTES = 300_000
MOST_TOUCHED = 6
MORE_PARTS = """
with source as (select i.*, p.id as part, p.department_id, p.check_item_ids, p.checklist_id
  from inspection i join inspection_part p on p.jurisdiction_id = i.jurisdiction_id and p.inspection_id = i.id
  where p.id = $1),
fresh as (select uuidv7() as visit, uuidv7() as part, uuidv7() as draw from generate_series(1, $2)),
visits as (insert into inspection select s.jurisdiction_id, f.visit, s.plan_task_id, f.draw, s.target_id, s.method,
  s.issued_on, s.due_on from source s, fresh f),
parts as (insert into inspection_part (jurisdiction_id, id, inspection_id, department_id, check_item_ids, checklist_id,
  state) select s.jurisdiction_id, f.part, f.visit, s.department_id, s.check_item_ids, s.checklist_id, 'issued'
  from source s, fresh f),
officers as (insert into part_officer select o.jurisdiction_id, f.part, o.inspector_id, o.seat
  from part_officer o, fresh f where o.part_id = $1)
select part from fresh
"""
SETTLED_SECONDS = 4
"""By then the jobs are done, and idle backends have told their counters."""
BLOCKS = """
select relname, coalesce(heap_blks_hit, 0) + coalesce(heap_blks_read, 0) + coalesce(idx_blks_hit, 0)
  + coalesce(idx_blks_read, 0) + coalesce(toast_blks_hit, 0) + coalesce(toast_blks_read, 0) as blocks
from pg_statio_user_tables
"""


class Pushed(NamedTuple):
    """What one push sent."""

    submission_id: str
    photo_ids: list[str]


class Wanted(NamedTuple):
    """What is measured: pushes of each client, numbers of clients, numbers of stored submissions."""

    each: int
    clients: Sequence[int]
    stored: Sequence[int]


class Bench:
    """A served county and one phone that is signed in as often as there are clients."""

    def __init__(self, served: RunningServer, owner: asyncpg.Connection, phone: Phone, part: Json) -> None:
        self._url, self.pid = f"http://127.0.0.1:{served.port}", served.pid
        self._owner, self._phone, self._part = owner, phone, part
        self._picture = _picture()
        self._parts: list[str] = []

    async def prepare(self, count: int) -> None:
        """Parts to submit, so many."""
        self._parts += [str(row["part"]) for row in await self._owner.fetch(MORE_PARTS, self._part["id"], count)]

    async def push_one(self, client: httpx.AsyncClient) -> Pushed:
        """Two photos and their submission; fails unless all of it is taken."""
        part = self._part | {"id": self._parts.pop()}
        phone = self._phone
        contents = [_unique(self._picture) for _ in range(2)]
        photos = [photo_ref(content, key) for content, key in zip(contents, ("chill_temp", None), strict=True)]
        submission = phone.submission(part, photos=photos)
        sender = Phone(client)
        for photo, content in zip(photos, contents, strict=True):
            answer = await sender.upload(part, photo, content)
            assert answer.status_code == 204, answer.text
        verdict = (await sender.push(submission))[0]
        assert verdict["verdict"] == "accepted", verdict
        return Pushed(submission["operation"]["id"], [photo["id"] for photo in photos])

    async def rate(self, clients: int, each: int) -> float:
        """Submissions a second."""
        await self.prepare(clients * each)
        opened = [self.client() for _ in range(clients)]
        began = perf_counter()

        async def work(client: httpx.AsyncClient) -> None:
            for _ in range(each):
                await self.push_one(client)

        await asyncio.gather(*(work(client) for client in opened))
        took = perf_counter() - began
        for client in opened:
            await client.aclose()
        return clients * each / took

    def client(self) -> httpx.AsyncClient:
        """One connection of the phone's session."""
        return httpx.AsyncClient(base_url=self._url, cookies=self._phone.client.cookies, timeout=60)

    async def work(self, times: int) -> dict[str, float]:
        """Blocks that the database touched for one submission, by table with its indexes."""
        await self.prepare(times)
        before = await self._counters()
        async with self.client() as client:
            for _ in range(times):
                await self.push_one(client)
        after = await self._counters()
        return {table: (blocks - before.get(table, 0)) / times for table, blocks in after.items()}

    async def _counters(self) -> dict[str, int]:
        await asyncio.sleep(SETTLED_SECONDS)
        await self._owner.execute("select pg_stat_force_next_flush()")  # what this connection filled and vacuumed
        return {row["relname"]: int(row["blocks"]) for row in await self._owner.fetch(BLOCKS)}


def _picture() -> bytes:
    """A photo-like JPEG of 1600 by 1200 that is about 300 KB."""
    noise = Image.effect_noise((1600, 1200), 40).convert("RGB")
    for quality in range(90, 5, -5):
        written = BytesIO()
        noise.save(written, "JPEG", quality=quality)
        if written.tell() <= PHOTO_BYTES:
            break
    return written.getvalue()


def _unique(picture: bytes) -> bytes:
    """The same picture with other bytes, filled up to the size."""
    missing = max(32, min(60_000, PHOTO_BYTES - len(picture) - 4))
    return picture[:2] + MARKER + (missing + 2).to_bytes(2) + secrets.token_bytes(missing) + picture[2:]


def _disk(folder: Path) -> int:
    return sum(each.stat().st_blocks * 512 for each in folder.rglob("*") if each.is_file())


async def _rate_of(once: Callable[[], Awaitable[None]], workers: int, each: int) -> float:
    began = perf_counter()

    async def work() -> None:
        for _ in range(each):
            await once()

    await asyncio.gather(*(work() for _ in range(workers)))
    return workers * each / (perf_counter() - began)


async def measure(server: EmbeddedPostgres, folder: Path, wanted: Wanted) -> bool:
    """Prints every figure beside its limit; False if one is missed."""
    await migrate(server.url(OWNER), app_role=APP)
    engine = open_engine(server.url(APP))
    logins: list[DemoAccount] = await load_demonstration(Database(engine, REACTIONS), folder)
    await engine.dispose()
    served = start_server(server.url(APP), folder, FolderStore(folder / "evidence"), {})
    owner = await asyncpg.connect(server.url("postgres"))
    try:
        url = f"http://127.0.0.1:{served.port}"
        phone, part = await _phone_with_part(url, logins)
        bench = Bench(served, owner, phone, part)
        await bench.rate(2, 3)
        return await _figures(bench, server, owner, folder, wanted)
    finally:
        await owner.close()
        stop_server(served)


async def _figures(
    bench: Bench, server: EmbeddedPostgres, owner: asyncpg.Connection, folder: Path, wanted: Wanted
) -> bool:
    kept = True
    await bench.prepare(1)
    async with bench.client() as client:
        one = await bench.push_one(client)
    sample = await rows_of_one(owner, one.submission_id, one.photo_ids)
    size = "select pg_database_size(current_database())"
    before = await owner.fetchval(size), _disk(folder / "evidence")
    count = 0
    print(f"{'clients':>8} {'pushes/s':>9} {'floor/s':>9} {'share':>6} {'CPU ms':>7}  (limit {LEAST_SHARE:.0%})")
    for clients in wanted.clients:
        used = cpu_seconds(bench.pid)
        rate = await bench.rate(clients, wanted.each)
        used = (cpu_seconds(bench.pid) - used) / (clients * wanted.each) * 1000
        count += clients * wanted.each
        floor = Floor(server.url("postgres"), folder / "floor", sample, PHOTO_BYTES)
        async with floor:
            bare = await _rate_of(floor.once, clients, wanted.each)
        kept &= rate >= bare * LEAST_SHARE
        print(f"{clients:>8} {rate:>9.1f} {bare:>9.1f} {rate / bare:>6.0%} {used:>7.0f}", flush=True)
    floor_rows = count  # the floor wrote as many rows again
    grown = await owner.fetchval(size) - before[0]
    disk = _disk(folder / "evidence") - before[1]
    print(f"database: {grown / (count + floor_rows) / 1000:.1f} KB a submission; photos: {disk / count / 1000:.0f} KB")
    costs = []
    for number in wanted.stored:
        there = await owner.fetchval("select count(*) from submission")
        if number > there:
            await store(owner, one.submission_id, one.photo_ids[0], number - there)
        await owner.execute("vacuum analyze")
        touched = await bench.work(wanted.each)
        costs.append(sum(touched.values()))
        most = sorted(touched.items(), key=lambda each: -each[1])[:MOST_TOUCHED]
        told = ", ".join(f"{table} {blocks:.0f}" for table, blocks in most)
        print(f"{number:>8} stored: {costs[-1]:>7.0f} blocks for one more ({told})", flush=True)
    kept &= costs[-1] <= costs[0] * FLAT
    print(f"work grew to {costs[-1] / costs[0]:.2f} times (limit {FLAT})")
    return kept


async def _phone_with_part(url: str, logins: list[DemoAccount]) -> tuple[Phone, Json]:
    """Draws and issues the one task; answers a phone that leads a part of it."""
    lead = next(each for each in logins if each.role == "team_lead")
    async with httpx.AsyncClient(base_url=url, timeout=60) as desk:
        await desk.post("/api/accounts/sessions", json={"username": lead.username, "password": lead.password})
        task = (await desk.get("/api/planning/tasks")).json()["items"][0]
        draw = f"/api/draws/{new_id()}"
        await desk.put(draw, json={"plan_task_id": task["id"]})
        await desk.post(f"{draw}/run")
        await desk.post(f"{draw}/issue")
    await asyncio.sleep(3)  # the job that makes the inspections
    for login in logins:
        if login.role == "inspector" and login.department == "市场监督管理局" and login.enrolment_code:
            phone = Phone(httpx.AsyncClient(base_url=url, timeout=60))
            await phone.enrol(login.enrolment_code, login.username, login.password)
            parts = await phone.my_parts()
            if parts:
                return phone, parts[0]
    raise AssertionError("no inspector leads a part")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few pushes, up to 10,000 stored")
    parser.add_argument("--stored", type=int, nargs="+", help="how many submissions are stored when work is measured")
    parser.add_argument("--clients", type=int, nargs="+", default=CLIENTS, help="how many push at the same time")
    asked = parser.parse_args()
    each = 6 if asked.short else 40
    stored = asked.stored or ([1_000, 10_000] if asked.short else [1_000, 10_000, 100_000])
    with tempfile.TemporaryDirectory(prefix="bench-push-") as folder:
        os.chmod(folder, 0o755)
        server = embedded_postgres.start(Path(folder) / "postgres")
        try:
            asyncio.run(_run(server, Path(folder), Wanted(each, asked.clients, stored)))
        finally:
            server.stop()


async def _run(server: EmbeddedPostgres, folder: Path, wanted: Wanted) -> None:
    await embedded_postgres.ensure_roles(server)
    raise SystemExit(0 if await measure(server, folder, wanted) else 1)


if __name__ == "__main__":
    main()
