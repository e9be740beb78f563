"""What stands in a public record: codes that stand for fixed sentences, names masked by kind of entity (R18)."""

from typing import Any
from uuid import UUID

import msgspec

from palmcheck.catalogue.result_codes import is_result_code, item_result_codes
from palmcheck.inspections.types import CompletePart
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.grams import grams, search_text
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.planning import service as planning
from palmcheck.publication.deadlines import days_used
from palmcheck.publication.industry_sections import section_of
from palmcheck.publication.masking import public_name
from palmcheck.publication.models import Publication, PublicRecord
from palmcheck.registry import service as registry
from palmcheck.registry.types import TargetView

CHANNEL = "palmcheck"


async def record_row(
    tx: Tx, way: Publication, part: CompletePart, *, version: int = 1, corrected_because: str | None = None
) -> PublicRecord:
    """A version of a part's record as its facts are now; not yet in the database.

    The days used are those to the first version: a correction neither gives days back nor takes any.
    """
    found = await registry.targets(tx.session, part.jurisdiction_id, [part.target_id])
    target = found[part.target_id]
    formed_on = law_date(part.formed_at)
    _, calendar = await jurisdictions.working_days(tx.session, part.jurisdiction_id, formed_on)
    used = days_used(formed_on, way.published_on or law_date(tx.now), calendar)
    body = await _body(tx, way.record_id, part, target) | {"version": version, "working_days_used": used}
    if corrected_because is not None:
        body["corrected_because"] = corrected_because
    name = body["target"]["name"]
    return PublicRecord(
        jurisdiction_id=part.jurisdiction_id,
        id=way.record_id,
        version=version,
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
