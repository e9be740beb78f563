"""The result as the party gets it in writing on the spot (R29; L3 35), found by the code that its phone scanned."""

import re
from datetime import date, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.catalogue import service as catalogue
from palmcheck.inspections.findings import findings_of
from palmcheck.inspections.models import Inspection, InspectionPart, PartOfficer, Submission
from palmcheck.inspections.on_site_types import Handling, OutcomeKind
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.settings import PARTY_PAGE_DAYS
from palmcheck.kernel.canonical import sha256_hex
from palmcheck.kernel.clock import Instant, now
from palmcheck.registry import service as registry

_CODE = re.compile("[A-Za-z0-9_-]{22}")


class PartyOfficer(msgspec.Struct, frozen=True):
    """Who came, with the certificate that he showed (R25)."""

    name: str
    certificate_number: str


class PartyProblem(msgspec.Struct, frozen=True):
    """A problem found, and what is to be done about it until when."""

    what: str
    handling: Handling
    due_on: date | None


class PartyResult(msgspec.Struct, frozen=True):
    """What the party may read by its code: its own result, nothing personal beyond what it stated itself."""

    target_name: str
    jurisdiction: str
    department: str
    items: list[str]
    officers: list[PartyOfficer]
    entered_at: Instant
    left_at: Instant
    result_code: str
    outcome: OutcomeKind | None
    problems: list[PartyProblem]
    statement: str | None
    signed: bool | None


async def party_result(session: AsyncSession, code: str) -> PartyResult | None:
    """The result behind a code; None alike for a code that never was, is not in yet, is disputed, or is over."""
    if not _CODE.fullmatch(code):
        return None
    row = await session.scalar(
        select(Submission).where(
            Submission.page_code_sha256 == sha256_hex(code.encode()), Submission.state == "accepted"
        )
    )
    if row is None:
        return None
    days = await jurisdictions.setting(session, row.jurisdiction_id, PARTY_PAGE_DAYS)
    return await _result(session, row) if now() < row.received_at + timedelta(days=days) else None


async def _result(session: AsyncSession, row: Submission) -> PartyResult:
    place, body = row.jurisdiction_id, row.body
    part = await session.get_one(InspectionPart, (place, row.part_id))
    inspection = await session.get_one(Inspection, (place, part.inspection_id))
    findings = await findings_of(session, place, row.id)
    target = (await registry.targets(session, place, [inspection.target_id]))[inspection.target_id]
    items = await catalogue.check_items(session, place, part.check_item_ids)
    departments = await jurisdictions.departments(session, place)
    party = body.get("party")
    return msgspec.convert(
        {
            "target_name": target.name,
            "jurisdiction": (await jurisdictions.jurisdiction(session, place)).name,
            "department": departments[part.department_id].name,
            "items": [items[each].name for each in part.check_item_ids],
            "officers": msgspec.to_builtins(await _officers(session, part)),
            "entered_at": body["entered_at"],
            "left_at": body["left_at"],
            "result_code": row.result_code,
            "outcome": (body.get("outcome") or {}).get("kind"),
            "problems": [
                {"what": each.what, "handling": each.handling, "due_on": each.due_on} for each in findings.items
            ],
            "statement": body.get("statement"),
            "signed": None if party is None else party["kind"] == "signed",
        },
        PartyResult,
    )


async def _officers(session: AsyncSession, part: InspectionPart) -> list[PartyOfficer]:
    seats = await session.scalars(
        select(PartOfficer.inspector_id)
        .where(PartOfficer.jurisdiction_id == part.jurisdiction_id, PartOfficer.part_id == part.id)
        .order_by(PartOfficer.seat)
    )
    ids: list[UUID] = list(seats)
    people = await registry.inspectors(session, part.jurisdiction_id, ids)
    return [PartyOfficer(people[each].name, people[each].certificate_number) for each in ids]
