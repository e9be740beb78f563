"""A served county where one inspector has a thousand tasks."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import msgspec

from palmcheck.app import REACTIONS
from palmcheck.demonstration import county
from palmcheck.jurisdictions import reads as jurisdictions
from palmcheck.kernel import embedded_postgres
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.embedded_postgres import APP, OWNER
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database
from palmcheck.migrations.upgrade import migrate
from palmcheck.registry.bulk import enter_targets_in_bulk
from palmcheck.registry.types import Industry, NewTarget
from tests.bench.many_targets import rows

CATERING = Industry("6210", "正餐服务")
DRAWN_OF_ALL = dict.fromkeys("ABCD", 10_000)
OFFICERS, OF_A_VISIT = 3, 2
READY = b"ready http"


@dataclass(frozen=True)
class Served:
    """A running server, and the logins of its county."""

    home: str
    logins: list[county.DemoAccount]

    def inspector(self) -> county.DemoAccount:
        """Somebody with a phone to enrol."""
        return next(each for each in self.logins if each.enrolment_code)


@asynccontextmanager
async def county_with_tasks(tasks: int, folder: Path, port: int) -> AsyncIterator[Served]:
    """Draws every shop of a county, so that each of its three inspectors goes to about `tasks` of them."""
    os.chmod(folder, 0o755)  # the database has a user of its own
    server = embedded_postgres.start(folder / "postgres")
    try:
        await embedded_postgres.ensure_roles(server)
        await migrate(server.url(OWNER), app_role=APP)
        logins = await _found(server.url(APP), -(-tasks * OFFICERS // OF_A_VISIT))
        environment = os.environ | {
            "PALMCHECK_DATABASE_URL": server.url(APP),
            "PALMCHECK_PORT": str(port),
            "PALMCHECK_DATA": str(folder / "data"),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "palmcheck", "serve",
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env=environment,
        )  # fmt: skip
        assert process.stdout is not None
        try:
            while not (line := await process.stdout.readline()).startswith(READY):
                assert line, "the server ended before it was ready"
            served = Served(f"http://127.0.0.1:{port}", logins)
            await _draw(served, tasks)
            yield served
        finally:
            process.terminate()
            await process.wait()
    finally:
        server.stop()


def _shops(count: int) -> Iterator[NewTarget]:
    for name, _, code, _, address, *_, risk in rows(count):
        yield NewTarget(name, "individual_business", address, CATERING, risk, credit_code=code)  # type: ignore[arg-type]


async def _found(url: str, shops: int) -> list[county.DemoAccount]:
    """The small county, drawn at 100 %, with more shops."""
    engine = open_engine(url)
    database = Database(engine, REACTIONS)
    county.RATIOS.update(DRAWN_OF_ALL)
    async with database.unit_of_work() as tx:
        logins = await county.found_county(tx)
        place = (await tx.session.execute(jurisdictions.jurisdiction_rows)).mappings().one()["id"]
        await enter_targets_in_bulk(tx, county.DEMONSTRATION, place, _shops(shops))
    await engine.dispose()
    return logins


async def _draw(served: Served, tasks: int) -> None:
    """Freezes, draws, issues, and waits until the lists are on their way."""
    async with httpx.AsyncClient(base_url=served.home, timeout=300) as lead:
        login = next(each for each in served.logins if each.role == "team_lead")
        body = {"username": login.username, "password": login.password}
        (await lead.post("/api/accounts/sessions", json=body)).raise_for_status()
        task = (await lead.get("/api/planning/tasks")).json()["items"][0]
        draw = f"/api/draws/{new_id()}"
        (await lead.put(draw, json={"plan_task_id": task["id"]})).raise_for_status()
        (await lead.post(f"{draw}/run")).raise_for_status()
        (await lead.post(f"{draw}/issue")).raise_for_status()
        while await _inspections(lead, tasks) < tasks:  # noqa: ASYNC110 - the jobs run in another process
            await asyncio.sleep(1)


async def _inspections(lead: httpx.AsyncClient, enough: int) -> int:
    """How many inspections there are, counted no further than needed."""
    found: list[Any] = []
    cursor: str | None = None
    while len(found) < enough:
        page = (
            await lead.get("/api/inspections", params={"limit": 500, **({"cursor": cursor} if cursor else {})})
        ).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    return len(found)


def as_json(login: county.DemoAccount) -> dict[str, Any]:
    """A login as `demo-accounts.json` writes it."""
    written: dict[str, Any] = msgspec.to_builtins(login)
    return written
