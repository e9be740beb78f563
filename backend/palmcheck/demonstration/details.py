"""What makes a county lived in: who answers for its departments, tags, and the past of some targets."""

from datetime import timedelta
from random import Random
from uuid import UUID

import msgspec
from sqlalchemy import select

from palmcheck.demonstration import words
from palmcheck.demonstration.actors import PastActor, past_actor, past_administrator
from palmcheck.jurisdictions import departments as responsible
from palmcheck.jurisdictions.types import Author, DepartmentRef, Responsible
from palmcheck.jurisdictions.versions import etag
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry import facts, reads
from palmcheck.registry.target_types import FactKind, SaveFact, SaveTag
from palmcheck.registry.targets import name_tag, save_tags
from palmcheck.registry.types import NewTarget

FACTS, TAGGED = 90, 120
TAGS = {"重点行业": "industry", "民生关注": "free", "县级重点": "level", "校园周边": "free", "规模以上": "level"}
SOURCE: dict[FactKind, tuple[str, str]] = {
    "penalty": ("临市监处罚〔{year}〕{number}号", "未按规定公示证照，警告并责令改正"),
    "upheld_complaint": ("12315热线 {year}{number}", "消费者投诉计量不足，经核查属实，已退款"),
}


async def name_those_responsible(
    tx: Tx, jurisdiction_id: UUID, departments: dict[str, DepartmentRef], random: Random
) -> None:
    """Three invented persons a department (S3 四(一))."""
    by = past_actor(jurisdiction_id, next(iter(departments.values())).id)
    standing = {each.id: each.version for each in await responsible.department_views(tx.session, jurisdiction_id)}
    for each in departments.values():
        named = Responsible(_person(random), _person(random), _person(random))
        version = etag(standing[each.id])
        await responsible.name_responsible(tx, by, jurisdiction_id, each.id, named, version, Author())


async def record_the_past(
    tx: Tx, jurisdiction_id: UUID, department_id: UUID, targets: list[NewTarget], random: Random
) -> None:
    """Penalties and upheld complaints of the last three years, most with risky targets, and tags (R7, S1 一(五))."""
    by = past_administrator(jurisdiction_id, department_id)
    risky = [each for each in targets if each.credit_risk_class in {"C", "D"} and each.status == "operating"]
    noted = random.sample(risky, min(FACTS, len(risky)))
    tagged = random.sample(targets, min(TAGGED, len(targets)))
    ids = await target_ids(tx, jurisdiction_id, [each.credit_code for each in (*noted, *tagged) if each.credit_code])
    for each in noted:
        if each.credit_code in ids:
            await _record(tx, by, ids[each.credit_code], random)
    for tag, family in TAGS.items():
        await name_tag(tx, by, tag, msgspec.convert({"family": family}, SaveTag))
    for each in tagged:
        if each.credit_code in ids:
            await save_tags(tx, by, ids[each.credit_code], [random.choice(list(TAGS))], None)


async def _record(tx: Tx, by: PastActor, target_id: UUID, random: Random) -> None:
    kind: FactKind = random.choice(("penalty", "penalty", "upheld_complaint"))
    day = law_date(tx.now) - timedelta(days=random.randint(5, 1200))
    source, content = SOURCE[kind]
    said = SaveFact(kind, day, source.format(year=day.year, number=random.randint(100, 999)), content)
    await facts.record_fact(tx, by, target_id, new_id(), said)


async def target_ids(tx: Tx, jurisdiction_id: UUID, codes: list[str]) -> dict[str | None, UUID]:
    """Ids of targets by their credit codes."""
    rows = reads.target_rows.subquery()
    wanted = select(rows.c.credit_code, rows.c.id).where(
        rows.c.jurisdiction_id == jurisdiction_id, rows.c.credit_code.in_(codes)
    )
    return {row.credit_code: row.id for row in await tx.session.execute(wanted)}


def _person(random: Random) -> str:
    return random.choice(words.SURNAMES) + random.choice(words.GIVEN_FIRST) + random.choice(words.GIVEN_SECOND)
