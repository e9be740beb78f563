"""A file's rows on their way into the registry: COPY into a temporary table, then matched and merged in SQL.

All of it runs in the job's one transaction, so that nothing is ever half in; the temporary table ends with it.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.registry.importing import staging_sql as sql
from palmcheck.registry.importing.batches import STAGED

Told = list[Mapping[str, Any]]
"""Rows that are to be told: line, rule, value."""
GoOn = Callable[[], Awaitable[None]]
"""Asked between the steps; raises when the import is to stop."""


@dataclass(frozen=True)
class Counts:
    """What a merge did; `bad` counts rows that only the registry shows to be bad.

    `redirected`: rows that named a target which was merged into another; they are among the others too.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    bad: int = 0
    redirected: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Staging:
    """The staging table of one import. `department_id`: whose targets an administrator may change; null: all."""

    session: AsyncSession
    jurisdiction_id: UUID
    department_id: UUID | None

    async def _run(self, statement: str, kinds: str = "") -> Any:
        """Ids are UUIDs, so they may stand in the text: a parameter would hide the statistics from the planner."""
        own, department = ("true", self.department_id) if self.department_id else ("false", self.jurisdiction_id)
        filled = statement.format(jurisdiction=self.jurisdiction_id, department=department, own=own, kinds=kinds)
        return await self.session.execute(text(filled))

    async def copy(self, source: AsyncIterator[bytes]) -> None:
        """Takes the lines of the reading process in."""
        await self.session.execute(text("set local work_mem = '128MB'"))
        for statement in (sql.CREATE, sql.CREATE_KEPT, sql.CREATE_MATCH):
            await self.session.execute(text(statement))
        raw = (await (await self.session.connection()).get_raw_connection()).driver_connection
        assert raw is not None
        await raw.copy_to_table("target_staging", source=source, columns=STAGED)

    async def keep(self, keys: Sequence[Sequence[str]]) -> None:
        """Codes and names of bad rows: their targets are not gone."""
        raw = (await (await self.session.connection()).get_raw_connection()).driver_connection
        assert raw is not None
        records = [tuple(each or None for each in key) for key in keys]
        await raw.copy_records_to_table("target_kept", records=records)

    async def merge(self, fields: Iterable[str], go_on: GoOn, *, replace: bool, things: bool) -> tuple[Counts, Told]:
        """Merges the rows; answers the counts, and the rows that are to be told.

        Entities first, so that products, projects and behaviours of the same file find theirs.
        """
        wanted = set(fields)
        if not things:
            return await self._merge(sql.ENTITY_KINDS, wanted, go_on, replace=replace)
        for statement in sql.PUT_THINGS_ASIDE:
            await self._run(statement)
        counts, told = await self._merge(sql.ENTITY_KINDS, wanted, go_on, replace=replace)
        await self.session.execute(text("truncate target_staging"))
        await self._run(sql.TAKE_THINGS_UP)
        await self._run(sql.RESPONSIBLE)
        unknown = list((await self._run(sql.WITHOUT_RESPONSIBLE)).mappings())
        more, told_more = await self._merge(sql.THING_KINDS, wanted, go_on, replace=replace)
        return counts + more + Counts(bad=len(unknown)), [*told, *unknown, *told_more]

    async def _merge(self, kinds: str, fields: set[str], go_on: GoOn, *, replace: bool) -> tuple[Counts, Told]:
        """Merges the rows at hand, all of these kinds; none leaves everything as it is."""
        await self.session.execute(text("analyze target_staging"))
        if not (await self._run("select exists (select from target_staging)")).scalar_one():
            return Counts(), []
        await self._run(sql.MATCH)
        await self.session.execute(text("analyze target_match"))
        counted = (await self._run(sql.COUNT)).one()
        told = list((await self._run(sql.TOLD)).mappings()) if counted.bad or counted.redirected else []
        await go_on()
        gone = (await self._run(sql.GONE, kinds)).rowcount if replace else 0
        if counted.changed:
            await self._run(sql.update(fields, own=self.department_id is not None))
        await go_on()
        if counted.new:
            await self._run(sql.INSERT)
        counts = Counts(counted.new, counted.changed, counted.unchanged, gone, counted.bad, counted.redirected)
        return counts, told
