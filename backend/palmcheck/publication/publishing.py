"""From a complete part to its public record."""

from typing import Any
from uuid import UUID

import msgspec

from palmcheck.catalogue.result_codes import is_result_code, item_result_codes
from palmcheck.field.feed import extend
from palmcheck.inspections import service as inspections
from palmcheck.inspections.types import CompletePart
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.grams import grams, search_text
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.planning import service as planning
from palmcheck.publication.deadlines import days_used
from palmcheck.publication.events import PublicationReleased, RecordPublished
from palmcheck.publication.industry_sections import section_of
from palmcheck.publication.masking import public_name
from palmcheck.publication.models import Publication, PublicRecord
from palmcheck.publication.standing import move_on, publication
from palmcheck.registry import service as registry
from palmcheck.registry.types import TargetView

PUBLISHING = SystemActor("publication.publishing")
CHANNEL = "palmcheck"


async def publish_record(tx: Tx, event: PublicationReleased) -> None:
    """Publishes a result that nothing holds back: nobody waits for another department (R10, R11). Runs once a part.

    What was held back meanwhile, or set aside in a dispute, is left alone: it is released again when it may go on.
    """
    await tx.lock("publication", event.part_id)
    known = await tx.session.get(Publication, (event.jurisdiction_id, event.part_id))
    if known is None or known.stage != "ready":
        return
    part = await inspections.complete_part(tx.session, event.jurisdiction_id, event.part_id)
    if known.submission_id != part.submission_id:
        return
    found = await registry.targets(tx.session, event.jurisdiction_id, [part.target_id])
    target = found[part.target_id]
    way = await publication(tx, event.jurisdiction_id, event.part_id)
    row = await _record_row(tx, way, part, target)
    tx.session.add(row)
    way.published_on = law_date(tx.now)
    await tx.session.flush()
    officers = await inspections.mark_published(tx, event.jurisdiction_id, part.id, row.id)
    extend(tx, PUBLISHING, event.jurisdiction_id, sorted(officers), [("part_state", part.id)])
    published = RecordPublished(
        jurisdiction_id=event.jurisdiction_id,
        record_id=row.id,
        part_id=part.id,
        version=row.version,
        body_sha256=digest(row.body),
    )
    tx.record(PUBLISHING, published)
    await move_on(tx, PUBLISHING, way, "published")


async def _record_row(tx: Tx, way: Publication, part: CompletePart, target: TargetView) -> PublicRecord:
    formed_on = law_date(part.formed_at)
    _, calendar = await jurisdictions.working_days(tx.session, part.jurisdiction_id, formed_on)
    used = days_used(formed_on, law_date(tx.now), calendar)
    body = await _body(tx, way.record_id, part, target) | {"working_days_used": used}
    name = body["target"]["name"]
    return PublicRecord(
        jurisdiction_id=part.jurisdiction_id,
        id=way.record_id,
        version=1,
        part_id=part.id,
        target_name=name,
        grams=grams(name, target.credit_code),
        search_text=search_text(name, target.credit_code),
        body=body,
        due_on=way.due_on,
        calendar_version=way.calendar_version,
        published_at=tx.now,
        department_id=part.department_id,
        inspection_id=part.inspection_id,
        plan_task_id=part.plan_task_id,
        enterprise_key=target.credit_code or str(target.id),
        industry_section=section_of(target.industry.code),
        result_code=body["result_code"],
    )


async def _body(tx: Tx, record_id: UUID, part: CompletePart, target: TargetView) -> dict[str, Any]:
    """All that is public of a part: codes that stand for fixed sentences, no free text, photo or signature (R18)."""
    task = await planning.task(tx.session, part.jurisdiction_id, part.plan_task_id)
    departments = await jurisdictions.departments(tx.session, part.jurisdiction_id)
    place = await jurisdictions.jurisdiction(tx.session, part.jurisdiction_id)
    code = part.result_code if is_result_code(part.result_code) else "other"
    item_codes = item_result_codes([item.code for item in part.items], code)
    return {
        "id": str(record_id),
        "version": 1,
        "plan_task": {"number": task.number, "name": task.name},
        "draw_kind": task.draw_kind,
        "department": departments[part.department_id].name,
        "jurisdiction": place.name,
        "method": part.method,
        "completed_on": law_date(part.formed_at).isoformat(),
        "published_at": msgspec.to_builtins(tx.now),
        "target": {
            "name": public_name(target.name, target.kind, target.credit_code),
            "credit_code": target.credit_code,
        },
        "result_code": code,
        "items": [{"code": item.code, "name": item.name, "result_code": item_codes[item.code]} for item in part.items],
        "channel": CHANNEL,
        "url": f"/records/{record_id}",
    }
