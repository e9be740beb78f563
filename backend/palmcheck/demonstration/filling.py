"""Filling one place: its items, targets, people and plan, half a year of inspections, and what waits today."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random
from typing import NamedTuple
from uuid import UUID

from palmcheck.catalogue import service as catalogue
from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.catalogue.checklists import SHIPPED, shipped_checklist
from palmcheck.demonstration import waiting
from palmcheck.demonstration.actors import past_office
from palmcheck.demonstration.chronicle import Chronicle
from palmcheck.demonstration.county import DEMONSTRATION
from palmcheck.demonstration.details import name_those_responsible, record_the_past
from palmcheck.demonstration.founding import Founded
from palmcheck.demonstration.general_form import general_form
from palmcheck.demonstration.history import PlaceHistory, publication_later
from palmcheck.demonstration.items import (
    draw_up_items,
    list_city_items,
    list_items,
    report_missing_items,
    upper_items,
)
from palmcheck.demonstration.logins import named_officers
from palmcheck.demonstration.one_transaction import OneTransaction
from palmcheck.demonstration.places import CITY
from palmcheck.demonstration.population import targets_of
from palmcheck.demonstration.programme import CITY_OUTLINES, OUTLINES, UNTIL, Outline, task_of
from palmcheck.demonstration.staff import officers_of
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.planning import service as planning
from palmcheck.planning.types import NewPlan, NewPlanTask
from palmcheck.registry import service as registry
from palmcheck.registry.bulk import enter_targets_in_bulk
from palmcheck.registry.people.inspectors import end_service
from palmcheck.registry.people.types import EndService
from palmcheck.registry.types import NewInspector, NewTarget

FOUNDED = timedelta(days=300)
PLANNED = timedelta(days=240)
EXPERTISE = {
    "market_regulation": ("食品安全", "特种设备"),
    "health": ("公共场所卫生",),
    "emergency": ("危险化学品",),
    "ecological_environment": ("固体废物", "大气污染"),
    "transport": ("道路运输",),
}
LEFT = {"transferred": "调任外县", "retired": "到龄退休"}
SOME = 3_000
"""So many targets of a place are looked at for penalties, tags and corrections."""
DRAFTED = "CL-03"
ENTERED = 0.15
"""So much of the work is done once targets and people are in."""

Deed = Callable[[Tx], Awaitable[None]]


class Bounds(NamedTuple):
    """How many targets, the seed of what is left to chance, and the instant that counts as now."""

    targets: int
    seed: int
    now: datetime


class Filling:
    """Fills one place, all of it in the transaction that it is given."""

    def __init__(self, whole: OneTransaction, home: Founded, bounds: Bounds, reached: Callable[[float], None]) -> None:
        self._whole, self._quiet, self._home = whole, whole.quietly(), home
        self._count, self._seed, self._now = bounds.targets, bounds.seed, bounds.now
        self._today = law_date(self._now)
        self._reached = reached
        self._items: dict[str, UUID] = {}
        self._checklists: dict[str, UUID] = {}
        self._officers: dict[UUID, NewInspector] = {}
        self._named: set[UUID] = set()
        self._some: list[NewTarget] = list(islice(targets_of(home.place, self._count, self._seed), SOME))

    async def run(self) -> None:
        """Everything, in order of time."""
        await self._at(FOUNDED, self._list_items)
        await self._at(FOUNDED - timedelta(days=2), self._enter_targets)
        await self._at(FOUNDED - timedelta(days=2, hours=1), self._enter_details)
        await self._at(FOUNDED - timedelta(days=3), self._enter_officers)
        await self._at(PLANNED, self._publish_plans)
        self._reached(ENTERED)
        await self._make_history()

    async def _at(self, ago: timedelta, deed: Deed) -> None:
        async with self._quiet.unit_of_work(at=self._now - ago) as tx:
            await deed(tx)

    async def _list_items(self, tx: Tx) -> None:
        home = self._home
        for form in _forms():
            self._checklists[form.code] = await catalogue.publish_checklist(tx, DEMONSTRATION, home.id, form)
        upper = {} if home.place == CITY else await upper_items(tx.session, home.id)
        self._items = await list_items(tx, home.id, home.departments, upper)
        if home.place == CITY:
            await list_city_items(tx, home.id, home.departments)
        else:
            await draw_up_items(tx, home.id, home.departments, self._items)

    async def _enter_targets(self, tx: Tx) -> None:
        new = targets_of(self._home.place, self._count, self._seed)
        await enter_targets_in_bulk(tx, DEMONSTRATION, self._home.id, new)

    async def _enter_details(self, tx: Tx) -> None:
        home, random = self._home, self._random("details")
        await name_those_responsible(tx, home.id, home.departments, random)
        await record_the_past(tx, home.id, home.departments["market_regulation"].id, self._some, random)

    async def _enter_officers(self, tx: Tx) -> None:
        home, named = self._home, named_officers(self._home.place)
        for each in officers_of(home.place, self._today, self._seed, named):
            new = NewInspector(
                department_id=home.departments[each.department].id,
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
            id = await registry.enter_inspector(tx, DEMONSTRATION, home.id, new)
            if each.leaves is not None:
                office = past_office(home.id, new.department_id)
                await end_service(tx, office, id, each.leaves, EndService(LEFT[each.leaves]))
            elif each.name in named.get(each.department, ()):
                self._named.add(id)
            else:
                self._officers[id] = new
        await waiting.enter_people_around(tx, home, self._officers, self._some, self._random("people"))

    async def _publish_plans(self, tx: Tx) -> None:
        for plan in self._plans():
            await planning.publish_plan(tx, DEMONSTRATION, self._home.id, plan)

    def _plans(self) -> list[NewPlan]:
        """One plan a year: half a year may lie across two. The task to be drawn by hand has its year's first number."""
        place = self._home.place
        years: dict[int, list[Outline]] = {}
        for outline in CITY_OUTLINES if place == CITY else OUTLINES:
            years.setdefault((self._today + timedelta(days=outline.draw_in)).year, []).append(outline)
        name = "年度部门联合“双随机、一公开”抽查工作计划"
        return [
            NewPlan(year, f"{place.letters}-{year}", f"{place.name}{year}{name}", tuple(self._tasks(year, outlines)))
            for year, outlines in sorted(years.items())
        ]

    def _tasks(self, year: int, outlines: list[Outline]) -> list[NewPlanTask]:
        first = sorted(outlines, key=lambda each: each.draw_in != 0)
        letters, departments = self._home.place.letters, self._home.departments
        return [
            task_of(each, f"{letters}-{year}-{number:03d}", self._today, departments, self._items, self._checklists)
            for number, each in enumerate(first, start=1)
        ]

    async def _make_history(self) -> None:
        home = self._home
        async with self._whole.reading() as session:
            _, calendar = await jurisdictions.working_days(session, home.id, self._today - FOUNDED)
            tasks = await planning.tasks(session, home.id)
            due = [each for each in tasks if each.planned_draw_on < self._today and UNTIL[each.name] != "published"]
            drawn = [each for each in due if await registry.drawable_targets(session, home.id, each.target_industry)]
        later = publication_later(self._seed, self._now, calendar)
        chronicle = Chronicle(self._whole, later)
        forms = {self._checklists[form.code]: form for form in _forms()}
        codes = {ref.id: code for code, ref in home.departments.items()}
        store = self._whole.store
        assert store is not None, "photos of past visits need a store"
        history = PlaceHistory(chronicle, store, home.id, self._now, self._seed, calendar, forms, codes, self._named)
        for task in drawn:
            history.plan(task, UNTIL[task.name])
        self._plan_what_waits(chronicle)
        first = self._now - timedelta(days=200)
        await chronicle.run(lambda at: self._reached(ENTERED + (1 - ENTERED) * _share(first, at, self._now)))

    def _plan_what_waits(self, chronicle: Chronicle) -> None:
        home, random = self._home, self._random("waiting")
        deeds: list[tuple[date, Deed]] = [
            (self._today - timedelta(days=9), lambda tx: waiting.ask_for_corrections(tx, home, self._some, random)),
            (self._today - timedelta(days=4), lambda tx: waiting.hand_in_for_review(tx, home, self._officers, random)),
            (self._today - timedelta(days=2), lambda tx: waiting.begin_a_draft(tx, home, DRAFTED)),
        ]
        if home.place != CITY:
            day = self._today - timedelta(days=6)
            deeds.append((day, lambda tx: report_missing_items(tx, home.id, home.departments)))
        for day, deed in deeds:
            _plan_deed(chronicle, datetime.combine(day, self._now.timetz()), deed)

    def _random(self, about: str) -> Random:
        return Random(f"{self._seed}/{self._home.place.code}/{about}")


def _plan_deed(chronicle: Chronicle, at: datetime, deed: Deed) -> None:
    chronicle.plan(at, lambda: chronicle.happen(at, deed))


def _share(first: datetime, at: datetime, last: datetime) -> float:
    return min(max((at - first) / (last - first), 0.0), 1.0)


def _forms() -> list[Checklist]:
    return [general_form(), *(shipped_checklist(code) for code in SHIPPED)]
