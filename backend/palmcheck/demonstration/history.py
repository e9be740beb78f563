"""Half a year of a place's inspections, made with the verbs that people use, at the times at which they would."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import select

from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.catalogue.result_codes import part_result_code
from palmcheck.demonstration.actors import PastActor, past_actor
from palmcheck.demonstration.answers import fill_in
from palmcheck.demonstration.chronicle import Chronicle
from palmcheck.demonstration.on_site import STROKES, arrival_at, signing_of
from palmcheck.demonstration.past_photos import bring_in, past_photo
from palmcheck.draws import service as draws
from palmcheck.draws.freezing import freeze_draw
from palmcheck.draws.types import FreezeDraw
from palmcheck.inspections import reads as inspection_reads
from palmcheck.inspections import service as inspections
from palmcheck.inspections.on_site_types import CertificateShown
from palmcheck.inspections.submitting import hold_own_part, submit_part
from palmcheck.inspections.types import CheckInBody, DeskEntry, OfficerSignature, SubmitBody
from palmcheck.kernel.clock import SHANGHAI, law_date
from palmcheck.kernel.events import Reaction
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.object_store import ObjectStore
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.planning.types import PlanTaskState, PlanTaskView
from palmcheck.publication.publishing import publish_record
from palmcheck.registry import service as registry
from palmcheck.registry.types import TargetView

DESK_PERCENT = {"market_regulation": 7, "health": 3, "public_security": 6, "education": 4, "culture_tourism": 20}
"""Of a department's on-site parts: one palm rate lies below the threshold; small departments enter all by phone."""
LEFT_PERCENT, MANY = 4, 9
"""Of the visits of a task with many, so many are not made in time."""
FINDING_PERCENT = {"A": 8, "B": 15, "C": 28, "D": 42}
REVIEW_DAYS = 6
ON_ITS_WAY = timedelta(days=4)
"""A visit that is no older may still wait for its last photo."""
DESK_REASONS = ("手机电量耗尽，回单位补录", "企业已搬迁，核实后回单位录入", "手机送修，按纸质检查表录入")
STATEMENT = "对检查结果无异议，将按要求落实。"


Deed: TypeAlias = Callable[[Tx], Awaitable[None]]
Later: TypeAlias = Callable[[Reaction, datetime], datetime | None]
Part: TypeAlias = tuple[UUID, UUID, UUID, tuple[UUID, ...]]
"""Part, department, checklist, officers (the lead first)."""


class Visit(NamedTuple):
    """One inspection as its officers find it."""

    target: TargetView
    task: PlanTaskView
    parts: tuple[Part, ...]


class PlaceHistory:
    """What happened in one place up to now; `seed` decides when who is visited, what is found, how it is entered.

    `spared`: inspectors whose work of today is left to be done by hand.
    """

    def __init__(
        self,
        chronicle: Chronicle,
        store: ObjectStore,
        jurisdiction_id: UUID,
        now: datetime,
        seed: int,
        calendar: Mapping[date, bool],
        forms: Mapping[UUID, Checklist],
        department_codes: Mapping[UUID, str],
        spared: Collection[UUID] = (),
    ) -> None:
        self._store = store
        self._chronicle, self._id, self._now, self._seed = chronicle, jurisdiction_id, now, seed
        self._calendar, self._forms, self._codes, self._spared = calendar, forms, department_codes, spared

    def plan(self, task: PlanTaskView, until: PlanTaskState) -> None:
        """Puts a task's draw on the agenda, as far as it has come; its visits follow from it."""
        draw_id = new_id()
        at = _local(self._working_day(task.planned_draw_on, -1), 8, 30)  # forward might lead beyond now

        async def deed() -> None:
            await self._draw(task, draw_id, at, until)

        self._chronicle.plan(at, deed)

    async def _draw(self, task: PlanTaskView, draw_id: UUID, at: datetime, until: PlanTaskState) -> None:
        lead = past_actor(self._id, task.lead_department.id)

        async def freeze(tx: Tx) -> None:
            await freeze_draw(tx, lead, draw_id, FreezeDraw(task.id))

        async def run(tx: Tx) -> None:
            await draws.run_draw(tx, lead, draw_id)

        async def issue(tx: Tx) -> None:
            await draws.issue_draw(tx, lead, draw_id)

        steps: tuple[tuple[PlanTaskState, int, Deed], ...] = (
            ("frozen", 0, freeze),
            ("drawn", 20, run),
            ("issued", 45, issue),
        )
        for state, minutes, deed in steps:
            await self._chronicle.happen(at + timedelta(minutes=minutes), deed)
            if state == until:
                break
        if until != "issued":
            return
        visits: list[Visit] = []

        async def read(tx: Tx) -> None:
            visits.extend(await self._visits(tx, task, draw_id))

        await self._chronicle.happen(at + timedelta(minutes=50), read)
        self._plan_visits(task, visits, at)

    async def _visits(self, tx: Tx, task: PlanTaskView, draw_id: UUID) -> list[Visit]:
        parts, officers = inspection_reads.part_rows.subquery(), inspection_reads.officer_rows.subquery()
        rows = (
            await tx.session.execute(
                select(parts, officers.c.inspector_id)
                .join(
                    officers,
                    (officers.c.jurisdiction_id == parts.c.jurisdiction_id) & (officers.c.part_id == parts.c.id),
                )
                .where(parts.c.jurisdiction_id == self._id, parts.c.draw_id == draw_id)
                .order_by(parts.c.target_id, parts.c.department_id, officers.c.seat)
            )
        ).all()
        found: dict[UUID, dict[tuple[UUID, UUID, UUID], list[UUID]]] = {}
        for row in rows:
            found.setdefault(row.target_id, {}).setdefault((row.id, row.department_id, row.checklist_id), []).append(
                row.inspector_id
            )
        targets = await registry.targets(tx.session, self._id, found)
        return [
            Visit(targets[target_id], task, tuple((*key, tuple(who)) for key, who in by_part.items()))
            for target_id, by_part in sorted(found.items(), key=lambda item: targets[item[0]].credit_code or "")
        ]

    def _plan_visits(self, task: PlanTaskView, visits: list[Visit], drawn_at: datetime) -> None:
        """Each visit on a working day before the deadline; those of one day are sent in one evening.

        What the spared lead in a task that still runs is left for its people to do.
        """
        days: dict[date, list[tuple[Visit, datetime]]] = {}
        first = drawn_at.astimezone(SHANGHAI).date()
        room = max((task.deadline - first).days - 4, 3)
        for visit in visits:
            random = self._random(visit, "day")
            day = self._working_day(first + timedelta(days=random.randint(1, room)))
            begins = _local(day, 9, 0) + timedelta(minutes=random.randint(0, 400))
            left = len(visits) >= MANY and random.randrange(100) < LEFT_PERCENT
            spared = task.deadline >= law_date(self._now) and any(part[3][0] in self._spared for part in visit.parts)
            if day > task.deadline or left or spared:
                continue
            days.setdefault(day, []).append((visit, begins))
        for day, of_day in days.items():
            self._plan_arrivals(of_day)
            self._plan_entering(of_day, "mobile", _local(day, 18, 5))
            next_day = self._working_day(day + timedelta(days=1))
            self._plan_entering(of_day, "desk", _local(next_day, 10, 20))

    def _plan_arrivals(self, visits: list[tuple[Visit, datetime]]) -> None:
        """Whoever goes today has checked in by now and has not sent his result; those with logins do it by hand."""
        for visit, begins in visits:
            if not self._now - timedelta(hours=9) < begins < self._now:
                continue
            for part_id, department_id, _, officers in visit.parts:
                if visit.task.method == "on_site" and officers[0] not in self._spared:
                    by = past_actor(self._id, department_id, officers[0])
                    arrival = arrival_at(part_id, visit.target, begins, self._random(visit, "arrival"))
                    self._chronicle.plan(begins, partial(self._arrive, by, arrival))

    async def _arrive(self, by: PastActor, arrival: CheckInBody) -> None:
        async def check_in(tx: Tx) -> None:
            await inspections.check_in(tx, by, new_id(), arrival)

        await self._chronicle.happen(arrival.entered_at, check_in)

    def _plan_entering(self, visits: list[tuple[Visit, datetime]], entry: str, at: datetime) -> None:
        async def enter(tx: Tx) -> None:
            for visit, begins in visits:
                for part in visit.parts:
                    if self._entry(visit, part) == entry:
                        await self._enter_part(tx, visit, part, begins, entry)

        async def deed() -> None:
            await self._chronicle.happen(at, enter)

        if at < self._now:
            self._chronicle.plan(at, deed)

    def _entry(self, visit: Visit, part: Part) -> str:
        if visit.task.method != "on_site":
            return "desk"
        code = self._codes[part[1]]
        at_desk = self._random(visit, f"entry/{code}").randrange(100) < DESK_PERCENT.get(code, 0)
        return "desk" if at_desk else "mobile"

    async def _enter_part(
        self,
        tx: Tx,
        visit: Visit,
        part: Part,
        begins: datetime,
        entry: str,
    ) -> None:
        part_id, department_id, checklist_id, officers = part
        random = self._random(visit, f"result/{self._codes[department_id]}")
        finding = random.randrange(100) < FINDING_PERCENT[visit.target.credit_risk_class]
        form, kind = self._forms[checklist_id], visit.target.kind
        answers, asked = fill_in(form, kind, begins.date(), random, finding=finding)
        by = past_actor(self._id, department_id, officers[0])
        left = begins + timedelta(minutes=random.randint(35, 95))
        code = part_result_code(form, answers, {"kind": kind})
        if entry == "desk":
            reason = random.choice(DESK_REASONS) if visit.task.method == "on_site" else "书面核查，材料在单位审阅"
            desk = DeskEntry(new_id(), checklist_id, answers, code, begins, left, reason)
            await inspections.enter_at_desk(tx, by, part_id, desk)
            return
        await inspections.check_in(tx, by, new_id(), arrival_at(part_id, visit.target, begins, random))
        photos = [past_photo(f"{self._seed}/{visit.task.number}/{part_id}/{key}", key, left) for key in asked]
        people = await registry.inspectors(tx.session, self._id, officers)
        body = SubmitBody(
            part_id=part_id,
            checklist_id=checklist_id,
            answers=answers,
            photos=[photo.ref for photo in photos],
            officer_signatures=[OfficerSignature(each, list(STROKES), left) for each in officers],
            party=signing_of(left, random),
            statement=STATEMENT if finding and random.random() < 0.5 else None,
            rights_read_at=begins + timedelta(minutes=3),
            entered_at=begins,
            left_at=left,
            result_code=code,
            certificates_shown=[CertificateShown(each, people[each].certificate_number) for each in officers],
        )
        held = await hold_own_part(tx, by, part_id)
        heard = _local(begins.astimezone(SHANGHAI).date(), 8, 10)
        await submit_part(tx, by, held, new_id(), body, heard, {})
        if self._now - begins < ON_ITS_WAY and random.random() < 0.6:
            photos = photos[:-1]
        for photo in photos:
            await bring_in(tx, self._store, by, part_id, photo)

    def _working_day(self, day: date, step: int = 1) -> date:
        """The day itself or the next working day (by -1 the last); beyond the calendar's end weekends are free."""
        while not self._calendar.get(day, day.weekday() < 5):
            day += timedelta(days=step)
        return day

    def _random(self, visit: Visit, about: str) -> Random:
        """Chance that depends on the seed, the task and the target only: whatever else happens, it is the same."""
        return Random(f"{self._seed}/{visit.task.number}/{visit.target.name}/{about}")


def publication_later(seed: int, now: datetime, calendar: Mapping[date, bool]) -> Later:
    """How long a result waits for its review before it is published: up to six working days, never beyond now."""

    def later(reaction: Reaction, at: datetime) -> datetime | None:
        if reaction.run is not publish_record:
            return None
        day = at.astimezone(SHANGHAI).date()
        for _ in range(Random(f"{seed}/{at.isoformat()}").randint(0, REVIEW_DAYS)):
            day += timedelta(days=1)
            while not calendar.get(day, day.weekday() < 5):
                day += timedelta(days=1)
        put_off = _local(day, 16, 40)
        return put_off if at < put_off < now else None

    return later


def _local(day: date, hour: int, minute: int) -> datetime:
    """An instant of a day in Shanghai, in UTC."""
    return datetime.combine(day, time(hour, minute), SHANGHAI).astimezone(UTC)
