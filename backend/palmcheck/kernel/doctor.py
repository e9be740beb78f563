"""The doctor: what must always hold between tables, trail and store, looked at whole; the judge after every fault.

Each slice has a list CHECKS of what it knows to hold; the app puts them together. A finding names what does not fit;
its texts, with what to do about it, stand in messages/doctor.*.json under its code.
"""

import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.kernel import jobs, trail
from palmcheck.kernel.object_store import ObjectStore
from palmcheck.kernel.unit_of_work import Database

log = logging.getLogger(__name__)
Severity = Literal["fault", "notice"]
SHOWN = 20
"""So many findings of one kind are told one by one; the rest is counted."""


class Finding(Struct, frozen=True):
    """Something that does not fit (`fault`), or that one may want to know of (`notice`)."""

    code: str
    subject: dict[str, str]
    severity: Severity = "fault"


@dataclass(frozen=True)
class Round:
    """What a check looks at. `deep`: read every byte of the store too."""

    session: AsyncSession
    store: ObjectStore
    at: datetime
    deep: bool


@dataclass(frozen=True)
class Check:
    """One thing that always holds; it yields what does not."""

    name: str
    run: Callable[[Round], AsyncIterator[Finding]]


async def make_round(
    database: Database, store: ObjectStore, checks: Sequence[Check], at: datetime, *, deep: bool = False
) -> list[Finding]:
    """Everything that does not fit. A check that breaks is a finding itself and stops no other."""
    found: list[Finding] = []
    for check in checks:
        async with database.reading() as session:
            try:
                found += [each async for each in check.run(Round(session, store, at, deep))]
            except Exception as error:
                log.exception("check %s broke", check.name)
                found.append(Finding("kernel.check_broke", {"check": check.name, "error": repr(error)}))
    return found


def report(found: Sequence[Finding], language: str) -> str:
    """The findings for a person, those of a kind together, with what to do."""
    lines: list[str] = []
    for code, number in sorted(Counter(each.code for each in found).items()):
        kind = [each for each in found if each.code == code]
        what, _, remedy = texts(language)[code].partition("|")
        lines.append(f"{'✗' if kind[0].severity == 'fault' else '·'} {code} ({number})")
        lines += [f"    {what.format_map(each.subject)}" for each in kind[:SHOWN]]
        lines += [f"    … +{number - SHOWN}"] if number > SHOWN else []
        lines.append(f"  → {remedy}")
    lines.append(texts(language)["faults" if faults(found) else "healthy"].format(count=faults(found)))
    return "\n".join(lines)


def as_json(found: Sequence[Finding], language: str) -> str:
    """The findings for a program, each with its texts."""
    told = []
    for each in found:
        what, _, remedy = texts(language)[each.code].partition("|")
        told.append(msgspec.to_builtins(each) | {"what": what.format_map(each.subject), "what_to_do": remedy})
    return json.dumps({"faults": faults(found), "findings": told}, ensure_ascii=False, indent=1)


def faults(found: Sequence[Finding]) -> int:
    """How many of them are wrong, not merely worth knowing."""
    return sum(each.severity == "fault" for each in found)


@cache
def texts(language: str) -> dict[str, str]:
    """The catalogue of one language: code -> `what|what to do`."""
    source = files("palmcheck") / "messages" / f"doctor.{language}.json"
    loaded: dict[str, str] = json.loads(source.read_text(encoding="utf-8"))
    return loaded


async def _trail_chains(round: Round) -> AsyncIterator[Finding]:
    for jurisdiction_id in (await round.session.scalars(select(trail.AuditHead.jurisdiction_id))).all():
        for fault in await trail.verify(round.session, jurisdiction_id):
            yield Finding("kernel.trail_broken", {"jurisdiction_id": str(jurisdiction_id), "fault": fault})


async def _dead_letters(round: Round) -> AsyncIterator[Finding]:
    failed = (await jobs.outstanding(round.session)).get("failed", 0)
    if failed:
        yield Finding("kernel.jobs_failed", {"count": str(failed)})


CHECKS = [Check("kernel.trail", _trail_chains), Check("kernel.jobs", _dead_letters)]
