"""The large demonstration: a city and two counties at full width, with half a year behind them."""

import asyncio
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from uuid import UUID

import msgspec
from msgspec import structs

from palmcheck.catalogue import service as catalogue
from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.catalogue.checklists import SHIPPED, shipped_checklist
from palmcheck.demonstration.actors import past_actor
from palmcheck.demonstration.chronicle import Chronicle
from palmcheck.demonstration.county import DEMONSTRATION, is_founded
from palmcheck.demonstration.details import name_those_responsible, record_the_past
from palmcheck.demonstration.general_form import general_form
from palmcheck.demonstration.history import CountyHistory, publication_later
from palmcheck.demonstration.items import draw_up_items, list_items
from palmcheck.demonstration.loading import ACCOUNTS_FILE
from palmcheck.demonstration.logins import LOGINS, PlacedAccount, named_officers, open_login
from palmcheck.demonstration.places import CITY, COUNTIES, Place, departments_of
from palmcheck.demonstration.population import targets_of
from palmcheck.demonstration.programme import OUTLINES, Outline, task_of
from palmcheck.demonstration.staff import officers_of
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.types import DepartmentRef, NewJurisdiction
from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.object_store import FolderStore
from palmcheck.kernel.unit_of_work import Database, Tx
from palmcheck.planning import service as planning
from palmcheck.planning.types import NewPlan, NewPlanTask
from palmcheck.registry import service as registry
from palmcheck.registry.bulk import enter_targets_in_bulk
from palmcheck.registry.people.inspectors import end_service
from palmcheck.registry.people.types import EndService
from palmcheck.registry.types import NewInspector

FOUNDED = timedelta(days=300)
PLANNED = timedelta(days=240)
SEED = 2026
EXPERTISE = {
    "market_regulation": ("食品安全", "特种设备"),
    "health": ("公共场所卫生",),
    "emergency": ("危险化学品",),
    "ecological_environment": ("固体废物", "大气污染"),
    "transport": ("道路运输",),
}
LEFT = {"transferred": "调任外县", "retired": "到龄退休"}
SOME = 3_000
"""So many targets of a county are looked at for penalties and tags."""
Say = Callable[[str], None]


class DemonstrationHalfLoaded(RuntimeError):
    """Loading was interrupted: the data folder (or the database) is thrown away and loading starts again."""


@dataclass
class Founded:
    """A founded jurisdiction, with the ids that later stages need."""

    place: Place
    id: UUID
    departments: dict[str, DepartmentRef]
    inspectors: dict[str, UUID] = field(default_factory=dict)
    items: dict[str, UUID] = field(default_factory=dict)
    checklists: dict[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class Width:
    """How large: targets in both counties together, and the seed of everything that is left to chance."""

    targets: int = 60_000
    seed: int = SEED


async def load_large_demonstration(
    database: Database, data_folder: Path, width: Width | None = None, say: Say | None = None
) -> list[PlacedAccount]:
    """Loads city, counties and their past unless they are there, and answers the logins.

    The accounts come last and the file with their passwords is written in their transaction. Raises
    DemonstrationHalfLoaded.
    """
    path = data_folder / ACCOUNTS_FILE
    async with database.unit_of_work() as tx:
        founded = await is_founded(tx)
    if founded:
        return await asyncio.to_thread(_read, path)
    return await _Loading(database, path, width or Width(), say or _tell()).run()


class _Loading:
    def __init__(self, database: Database, path: Path, width: Width, say: Say) -> None:
        self._database, self._path, self._width, self._say = database, path, width, say
        self._now = now()
        self._today = law_date(self._now)
        self._quiet = Database(database.engine)
        self._store = FolderStore(path.parent / "evidence")

    async def run(self) -> list[PlacedAccount]:
        places = await self._found()
        counties = places[1:]
        for county in counties:
            await self._populate(county)
        self._say("半年检查与公示 half a year of inspections and records")
        await asyncio.gather(*(self._make_history(county) for county in counties))
        self._say("账号 accounts")
        async with self._database.unit_of_work() as tx:
            by_code = {each.place.code: each for each in places}
            logins = [
                await open_login(tx, home.id, login, home.departments, home.inspectors)
                for login in LOGINS
                for home in [by_code[login.place.code]]
            ]
            await asyncio.to_thread(_write, self._path, logins)
        self._say("")
        return logins

    async def _found(self) -> list[Founded]:
        self._say("辖区、部门、事项清单 jurisdictions, departments, items")
        found: list[Founded] = []
        async with self._quiet.unit_of_work(at=self._now - FOUNDED) as tx:
            for place in (CITY, *COUNTIES):
                parent = found[0].id if found else None
                level = "city" if place is CITY else "county"
                new = NewJurisdiction(new_id(), place.code, place.name, level, departments_of(place), parent)
                refs = await jurisdictions.found_jurisdiction(tx, DEMONSTRATION, new)
                found.append(Founded(place, new.id, {each.code: each for each in refs}))
            city, *counties = found
            await self._list_items(tx, city, {})
            for county in counties:
                await self._list_items(tx, county, city.items)
        return found

    async def _list_items(self, tx: Tx, home: Founded, upper: dict[str, UUID]) -> None:
        for form in _forms():
            home.checklists[form.code] = await catalogue.publish_checklist(tx, DEMONSTRATION, home.id, form)
        home.items = await list_items(tx, home.id, home.departments, upper)
        if upper:
            await draw_up_items(tx, home.id, home.departments, home.items)

    async def _populate(self, county: Founded) -> None:
        count = self._width.targets // len(COUNTIES)
        self._say(f"{county.place.name}：检查对象 {count} 户、检查人员 {count:,} targets and the inspectors")
        async with self._quiet.unit_of_work(at=self._now - FOUNDED + timedelta(days=2)) as tx:
            new = targets_of(county.place, count, self._width.seed)
            await enter_targets_in_bulk(tx, DEMONSTRATION, county.id, new)
        some = list(islice(targets_of(county.place, count, self._width.seed), SOME))
        random = Random(f"{self._width.seed}/{county.place.code}/details")
        async with self._quiet.unit_of_work(at=self._now - FOUNDED + timedelta(days=2, hours=1)) as tx:
            await name_those_responsible(tx, county.id, county.departments, random)
            await record_the_past(tx, county.id, county.departments["market_regulation"].id, some, random)
        async with self._quiet.unit_of_work(at=self._now - FOUNDED + timedelta(days=3)) as tx:
            await self._enter_officers(tx, county)
        async with self._quiet.unit_of_work(at=self._now - PLANNED) as tx:
            for plan in _plans(county, self._today):
                await planning.publish_plan(tx, DEMONSTRATION, county.id, plan)

    async def _enter_officers(self, tx: Tx, county: Founded) -> None:
        for each in officers_of(county.place, self._today, self._width.seed, named_officers(county.place)):
            new = NewInspector(
                department_id=county.departments[each.department].id,
                name=each.name,
                post=each.post,
                certificate_number=each.certificate_number,
                certificate_expires_on=each.certificate_expires_on,
                staff_kind=each.staff_kind,
                unit=each.post,
                qualification="行政执法资格",
                expertise=EXPERTISE.get(each.department, ()),
                region=each.region,
            )
            id = county.inspectors[each.name] = await registry.enter_inspector(tx, DEMONSTRATION, county.id, new)
            if each.leaves is not None:
                office = structs.replace(past_actor(county.id, new.department_id), roles=("joint_office",))
                await end_service(tx, office, id, each.leaves, EndService(LEFT[each.leaves]))

    async def _make_history(self, county: Founded) -> None:
        async with self._quiet.reading() as session:
            _, calendar = await jurisdictions.working_days(session, county.id, self._today - FOUNDED)
            tasks = await planning.tasks(session, county.id)
            pools = {
                task.id: bool(await registry.drawable_targets(session, county.id, task.target_industry))
                for task in tasks
                if task.planned_draw_on < self._today
            }
        later = publication_later(self._width.seed, self._now, calendar)
        chronicle = Chronicle(self._database, later)
        forms = {county.checklists[form.code]: form for form in _forms()}
        codes = {ref.id: code for code, ref in county.departments.items()}
        history = CountyHistory(chronicle, self._store, county.id, self._now, self._width.seed, calendar, forms, codes)
        for task in tasks:
            if pools.get(task.id):
                history.plan(task)
        await chronicle.run()


def _forms() -> list[Checklist]:
    return [general_form(), *(shipped_checklist(code) for code in SHIPPED)]


def _plans(county: Founded, today: date) -> list[NewPlan]:
    """One plan a year: half a year may lie across two. The task to be drawn by hand has the year's first number."""
    years: dict[int, list[Outline]] = {}
    for outline in OUTLINES:
        years.setdefault((today + timedelta(days=outline.draw_in)).year, []).append(outline)
    return [
        NewPlan(
            year,
            f"LJ-{year}",
            f"{county.place.name}{year}年度部门联合“双随机、一公开”抽查工作计划",
            tuple(_tasks(county, year, today, outlines)),
        )
        for year, outlines in sorted(years.items())
    ]


def _tasks(county: Founded, year: int, today: date, outlines: list[Outline]) -> list[NewPlanTask]:
    first = sorted(outlines, key=lambda each: each.draw_in != 0)
    return [
        task_of(each, f"LJ-{year}-{number:03d}", today, county.departments, county.items, county.checklists)
        for number, each in enumerate(first, start=1)
    ]


def _tell() -> Say:
    """One line a stage, with the seconds that the stage before took."""
    began: list[float] = []

    def say(stage: str) -> None:
        if began:
            print(f"    {time.monotonic() - began.pop():.1f} s", file=sys.stderr, flush=True)
        if stage:
            began.append(time.monotonic())
            print(f"  演示数据 demonstration: {stage}", file=sys.stderr, flush=True)

    return say


def _write(path: Path, logins: list[PlacedAccount]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(logins), indent=2))


def _read(path: Path) -> list[PlacedAccount]:
    if not path.exists():
        raise DemonstrationHalfLoaded("loading was interrupted: throw the data folder (or database) away and try again")
    return msgspec.json.decode(path.read_bytes(), type=list[PlacedAccount])
