"""A file's rows on their way into the registry: COPY into a temporary table, then matched and merged in SQL.

All of it runs in the job's one transaction, so that nothing is ever half in; the temporary table ends with it.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.registry.importing.batches import STAGED

_CREATE = """
create temporary table target_staging (
    line int, name text, kind text, credit_code text, registration_number text, legal_representative text,
    address text, latitude double precision, longitude double precision, industry_code text, industry_name text,
    status text, credit_risk_class text, external_ids jsonb, department_ids uuid[], grams text[], search_text text,
    pinyin text, row_hash bytea
) on commit drop
"""
_KEPT = """
create temporary table target_kept (credit_code text, registration_number text, name text) on commit drop
"""

_MATCH = """
create temporary table target_match on commit drop as
with found as (
    select s.line, t.id, 1 as by from target_staging s join target t on t.credit_code = s.credit_code
    where t.jurisdiction_id = '{jurisdiction}'
    union all
    select s.line, t.id, 2 from target_staging s join target t on t.registration_number = s.registration_number
    where t.jurisdiction_id = '{jurisdiction}' and (s.credit_code is null or t.credit_code is null)
    union all
    select s.line, t.id, 3
    from (select line, e.key, e.value from target_staging, jsonb_each_text(external_ids) e
          where external_ids <> '{{}}') s
    join (select id, e.key, e.value from target, jsonb_each_text(external_ids) e
          where jurisdiction_id = '{jurisdiction}' and external_ids <> '{{}}') t using (key, value)
    union all
    select s.line, t.id, 4 from target_staging s join target t on t.name = s.name and t.address = s.address
    where t.jurisdiction_id = '{jurisdiction}' and t.credit_code is null and t.registration_number is null
      and s.credit_code is null and s.registration_number is null
), chosen as (select distinct on (line) line, id from found order by line, by, id)
select c.line, c.id, t.row_hash is not distinct from s.row_hash as same,
       {own} and t.department_ids <> '{{}}' and not ('{department}' = any(t.department_ids)) as others,
       row_number() over (partition by c.id order by c.line) > 1 as twice
from chosen c join target_staging s using (line) join target t on t.jurisdiction_id = '{jurisdiction}' and t.id = c.id
"""
"""By credit code, else by the old number, else by another system's id; what has none by name and address."""

_COUNT = """
select count(*) filter (where m.line is null) as new, count(*) filter (where not same and not others and not twice)
as changed, count(*) filter (where same and not others and not twice) as unchanged,
count(*) filter (where others or twice) as bad from target_staging s left join target_match m using (line)
"""
_BAD = """
select s.line, case when twice then 'same_target' else 'other_department' end as rule,
coalesce(s.credit_code, s.registration_number, s.name) as value
from target_match m join target_staging s using (line) where others or twice order by s.line limit 10000
"""
_PLAIN = ("name", "kind", "legal_representative", "address", "latitude", "longitude", "industry_code", "industry_name",
          "status", "credit_risk_class")  # fmt: skip
_NEW_COLUMNS = (*(name for name in STAGED if name != "line"),)
_INSERT = f"""
insert into target (jurisdiction_id, id, {", ".join(_NEW_COLUMNS)})
select '{{jurisdiction}}', uuidv7(), {", ".join("s." + name for name in _NEW_COLUMNS)}
from target_staging s where not exists (select from target_match m where m.line = s.line)
"""  # noqa: S608 - column names of ours
_GONE = """
update target t set status = 'gone', row_hash = null
where t.jurisdiction_id = '{jurisdiction}' and t.row_hash is not null and t.merged_into is null
  and t.status = 'operating' and (not {own} or t.department_ids = array['{department}'::uuid])
  and not exists (select from target_match m where m.id = t.id)
  and not exists (select from target_kept k where k.credit_code = t.credit_code
                  or k.registration_number = t.registration_number or k.name = t.name)
"""
"""Only what came with a file can be gone from it, and no target goes because its row was bad."""


@dataclass(frozen=True)
class Counts:
    """What a merge did; `bad` counts rows that only the registry shows to be bad."""

    new: int
    changed: int
    unchanged: int
    gone: int
    bad: int


@dataclass(frozen=True)
class Staging:
    """The staging table of one import. `department_id`: whose targets an administrator may change; null: all."""

    session: AsyncSession
    jurisdiction_id: UUID
    department_id: UUID | None

    async def _run(self, statement: str) -> Any:
        """Ids are UUIDs, so they may stand in the text: a parameter would hide the statistics from the planner."""
        own, department = ("true", self.department_id) if self.department_id else ("false", self.jurisdiction_id)
        filled = statement.format(jurisdiction=self.jurisdiction_id, department=department, own=own)
        return await self.session.execute(text(filled))

    async def copy(self, source: AsyncIterator[bytes]) -> None:
        """Takes the lines of the reading process in."""
        await self.session.execute(text("set local work_mem = '128MB'"))
        await self.session.execute(text(_CREATE))
        await self.session.execute(text(_KEPT))
        raw = (await (await self.session.connection()).get_raw_connection()).driver_connection
        assert raw is not None
        await raw.copy_to_table("target_staging", source=source, columns=STAGED)

    async def keep(self, keys: Sequence[Sequence[str]]) -> None:
        """Codes and names of bad rows: their targets are not gone."""
        raw = (await (await self.session.connection()).get_raw_connection()).driver_connection
        assert raw is not None
        records = [tuple(each or None for each in key) for key in keys]
        await raw.copy_records_to_table("target_kept", records=records)

    async def merge(self, fields: Iterable[str], *, replace: bool) -> tuple[Counts, list[Mapping[str, Any]]]:
        """Merges the rows; answers the counts, and the rows that the registry refuses: line, rule, value."""
        await self.session.execute(text("analyze target_staging"))
        await self._run(_MATCH)
        await self.session.execute(text("analyze target_match"))
        counted = (await self._run(_COUNT)).one()
        bad = list((await self._run(_BAD)).mappings()) if counted.bad else []
        gone = (await self._run(_GONE)).rowcount if replace else 0
        if counted.changed:
            await self._run(_update(set(fields), own=self.department_id is not None))
        if counted.new:
            await self._run(_INSERT)
        return Counts(counted.new, counted.changed, counted.unchanged, gone, counted.bad), bad


def _update(fields: set[str], *, own: bool) -> str:
    """Changes what the file has columns for, and leaves the rest; codes and other systems' ids are never emptied."""
    if {"latitude", "longitude"} - fields:
        fields = fields - {"latitude", "longitude"}
    sets = [f"{name} = s.{name}" for name in _PLAIN if name in fields]
    sets += [f"{name} = coalesce(s.{name}, t.{name})" for name in ("credit_code", "registration_number")]
    sets += [f"{name} = s.{name}" for name in ("grams", "search_text", "pinyin", "row_hash")]
    if "status" not in fields:  # what is named again is back
        sets.append("status = case t.status when 'gone' then s.status else t.status end")
    sets.append("external_ids = t.external_ids || s.external_ids")
    if "departments" in fields:
        sets.append("department_ids = s.department_ids")
    elif own:
        sets.append("department_ids = case when t.department_ids @> s.department_ids then t.department_ids "
                    "else t.department_ids || s.department_ids end")  # fmt: skip
    return (
        f"update target t set {', '.join(sets)} from target_match m join target_staging s using (line) "  # noqa: S608
        "where t.jurisdiction_id = '{jurisdiction}' and t.id = m.id "
        "and not (m.same or m.others or m.twice)"
    )
