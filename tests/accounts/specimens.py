"""One row of every kind for a department of a place, so that every route with an id has something to be about.

The rows are written as they stand in the tables: the matrix asks who may touch them, not how they come about.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib import resources
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.models import Account, AccountImport, ApiToken, Device, Session
from palmcheck.catalogue.models import (
    CheckItem,
    ChecklistDraft,
    ChecklistVersion,
    ImplementationItem,
    MissingItem,
)
from palmcheck.draws.models import Draw
from palmcheck.evidence.models import Upload
from palmcheck.followup.models import FollowUp
from palmcheck.inspections.models import Inspection, InspectionPart, PartOfficer
from palmcheck.kernel.grams import searchable
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database
from palmcheck.planning.models import AnnualPlan, PlanTask, PlanTaskPart
from palmcheck.publication.models import Publication, PublicPhoto, RecordCorrection, WithholdingProposal
from palmcheck.registry.fact_models import CorrectionRequest, TargetMerge, TargetTagging, TargetTaggingRow
from palmcheck.registry.importing.models import TargetImport
from palmcheck.registry.models import Inspector, Target
from palmcheck.registry.people.import_models import InspectorImport
from palmcheck.registry.people.models import Expert

NOW = datetime.now(UTC)
CODES = dict.fromkeys(("credit_code", "registration_number"))
TODAY = date(2026, 6, 1)
DIGEST = "0" * 64
CHECKLIST = json.loads(resources.files("palmcheck.catalogue.checklists").joinpath("CL-01.json").read_text())


@dataclass
class Owner:
    """Whose rows they are, as far as rows are somebody's."""

    account_id: UUID = field(default_factory=new_id)
    inspector_id: UUID = field(default_factory=new_id)
    device_id: UUID = field(default_factory=new_id)
    has_account: bool = False


@dataclass
class Specimens:
    """Kind -> the id of the row of this department."""

    place: UUID
    above: UUID
    department: UUID
    owner: Owner
    ids: dict[str, UUID] = field(default_factory=dict)
    _rows: list[Any] = field(default_factory=list)

    def add(self, kind: str, model: type[Any], id: UUID | None = None, /, **columns: Any) -> UUID:
        """A row of the place, and its id under its kind."""
        self.ids[kind] = id or new_id()
        self._rows.append(model(jurisdiction_id=self.place, id=self.ids[kind], **columns))
        return self.ids[kind]

    def add_part_of(self, model: type[Any], **columns: Any) -> None:
        """A row that has no id of its own."""
        self._rows.append(model(jurisdiction_id=self.place, **columns))

    async def write(self, session: AsyncSession) -> None:
        """Row by row: what a row refers to comes before it."""
        for row in self._rows:
            session.add(row)
            await session.flush()


async def make_specimens(
    database: Database, place: UUID, above: UUID, department: UUID, owner: Owner | None = None
) -> Specimens:
    """A row of every kind, of the owner's or of somebody's whom nobody knows."""
    made = Specimens(place, above, department, owner or Owner(), {"department": department})
    for build in (_accounts, _registry, _catalogue, _work):
        build(made)
    async with AsyncSession(database.engine) as session, session.begin():
        await made.write(session)
    return made


def _accounts(to: Specimens) -> None:
    owner = to.owner
    if not owner.has_account:
        to.add(
            "account",
            Account,
            owner.account_id,
            username=f"specimen.{new_id().hex}",
            display_name="样本",
            department_id=to.department,
            inspector_id=owner.inspector_id,
            roles=["inspector"],
            password_hash="none",
        )
        phone = {"name": "样本手机", "public_key": {}, "alg": "ES256", "state": "active", "enrolled_at": NOW}
        to.add("device", Device, owner.device_id, account_id=owner.account_id, request_sha256=DIGEST, **phone)
    to.ids |= {"account": owner.account_id, "device": owner.device_id}
    times = {"began_at": NOW, "expires_at": NOW.replace(year=NOW.year + 1)}
    to.add("session", Session, account_id=owner.account_id, token_sha256=new_id().hex, **times)
    files = {"filename": "账号.xlsx", "file_sha256": DIGEST, "mode": "all", "at": NOW}
    counts = {"opened": 0, "unchanged": 0, "bad_rows": []}
    to.add("account_import", AccountImport, account_id=owner.account_id, **files, **counts)
    issued = {"token_sha256": new_id().hex, "issued_at": NOW, "issued_by": owner.account_id, "request_sha256": DIGEST}
    to.add("token", ApiToken, name="样本", scopes=["plan.read"], expires_at=NOW.replace(year=NOW.year + 1), **issued)


def _registry(to: Specimens) -> None:
    found = searchable("样本饭店")
    shown = {"grams": found.grams, "search_text": found.text, "pinyin": found.pinyin}
    standing = {"status": "operating", "credit_risk_class": "A", "industry_code": "6210", "industry_name": "正餐服务"}
    place = {"kind": "enterprise", "name": "样本饭店", "address": "某路 1 号"}
    for kind in ("target", "other_target"):
        to.add(kind, Target, department_ids=[to.department], **place, **standing, **shown)
    merged = {"department_ids": [to.department], "merged_into": to.ids["target"]}
    to.add("gone_target", Target, **merged, **place, **standing, **shown)
    said = {"authority": "某局", "field": "name", "recorded": "甲", "proposed": "乙", "grounds": "样本"}
    drafted = {"drafted_by": to.owner.account_id, "drafted_at": NOW}
    to.add("correction", CorrectionRequest, target_id=to.ids["target"], **said, **drafted)
    found_by = {"tag": "样本", "action": "add", "query": {}, "count": 1, "skipped": 0, "rows_sha256": DIGEST}
    to.add("tagging", TargetTagging, tagged_by=to.owner.account_id, tagged_at=NOW, **found_by)
    to.add_part_of(TargetTaggingRow, tagging_id=to.ids["tagging"], target_id=to.ids["target"])
    both = {"from_target_id": to.ids["gone_target"], "into_target_id": to.ids["target"], "reason": "样本"}
    to.add("merge", TargetMerge, merged_by=to.owner.account_id, merged_at=NOW, row_before=CODES, **both)
    sent = {"file_name": "对象.csv", "file_bytes": 1, "mode": "merge", "state": "done", "received_at": NOW}
    by = {"department_id": to.department, "account_id": to.owner.account_id, "request_sha256": DIGEST}
    to.add("target_import", TargetImport, notes=[], **sent, **by)
    staff = {key: value for key, value in sent.items() if key != "mode"}
    to.add("inspector_import", InspectorImport, faults=[], **staff, **by)
    certificate = {"certificate_number": new_id().hex, "certificate_expires_on": date(2030, 1, 1)}
    post = {"name": "样本", "post": "科员", "staff_kind": "enforcement", "status": "active"}
    person = {"search_text": found.text, "pinyin": found.pinyin}
    to.add("inspector", Inspector, to.owner.inspector_id, department_id=to.department, **certificate, **post, **person)
    body = {
        "kind": "testing",
        "name": "样本所",
        "field": "食品",
        "qualification": "",
        "contact": "",
        "status": "active",
    }
    to.add("expert", Expert, department_id=to.department, **body, **person)


def _catalogue(to: Specimens) -> None:
    code = new_id().hex[-12:].upper()
    to.add("checklist", ChecklistVersion, code=f"CL-{code}", version=1, content=CHECKLIST, published_at=NOW)
    kept = {"version": 1, "content": CHECKLIST, "saved_at": NOW}
    to.add("draft", ChecklistDraft, code=f"DR-{code}", **kept)
    item = {"name": "样本事项", "big_class": "样本", "item_class": "key", "basis": "某法", "method": "on_site"}
    to.add("check_item", CheckItem, code=code, department_id=to.department, listed_at=NOW, **item)
    words = {"basis": "某法", "subject": "某局", "content": "样本", "method": "实地"}
    drawn_up = {"version": 1, "state": "drawn_up", "drawn_up_at": NOW, "department_id": to.department}
    to.add("implementation_item", ImplementationItem, check_item_id=to.ids["check_item"], **words, **drawn_up)
    asked = {"name": "样本", "basis": "某法", "reason": "样本", "state": "sent", "sent_at": NOW}
    report = {"upper_jurisdiction_id": to.above, "department_id": to.department, "request_sha256": DIGEST}
    to.add("missing_item", MissingItem, **asked, **report)


def _work(to: Specimens) -> None:
    """A task that the department leads, drawn, with a visit of which it has a part."""
    plan = {"year": 1000 + new_id().int % 1_000_000, "number": "样本", "name": "样本"}
    to.add("plan", AnnualPlan, published_at=NOW, **plan)
    days = {"planned_draw_on": TODAY, "deadline": TODAY, "state": "frozen"}
    kind = {"scope": "joint", "draw_kind": "undirected", "item_class": "key", "method": "on_site", "ratios": {}}
    where = {"target_range": "全部", "target_industry": "", "number": new_id().hex, "name": "样本任务"}
    to.add("plan_task", PlanTask, plan_id=to.ids["plan"], lead_department_id=to.department, **days, **kind, **where)
    share = {"department_id": to.department, "check_item_ids": [to.ids["check_item"]]}
    form = {"checklist_id": to.ids["checklist"]}
    to.add_part_of(PlanTaskPart, plan_task_id=to.ids["plan_task"], assists_only=False, **share, **form)
    pools = {"target_pool_size": 1, "target_pool_root": DIGEST, "inspector_pool_size": 1, "inspector_pool_root": DIGEST}
    frozen = {"k1": b"1" * 32, "k1_sha256": DIGEST, "strata": [], "departments": [], "shortages": [], "reserve_size": 0}
    head = {"state": "prepared", "request_sha256": DIGEST, "frozen_at": NOW, "plan_task_id": to.ids["plan_task"]}
    to.add("draw", Draw, **head, **frozen, **pools)
    visit = {"plan_task_id": to.ids["plan_task"], "draw_id": to.ids["draw"], "target_id": to.ids["target"]}
    to.add("inspection", Inspection, method="on_site", issued_on=TODAY, due_on=TODAY, **visit)
    to.add("part", InspectionPart, inspection_id=to.ids["inspection"], state="issued", **share, **form)
    to.add_part_of(PartOfficer, part_id=to.ids["part"], inspector_id=to.owner.inspector_id, seat=0)
    found = {
        "problem_key": "q1",
        "finding": "样本",
        "photo_ids": [],
        "kind": "case",
        "state": "opened",
        "opened_at": NOW,
    }
    of = {"inspection_id": to.ids["inspection"], "part_id": to.ids["part"], "submission_id": new_id()}
    to.add("follow_up", FollowUp, department_id=to.department, target_id=to.ids["target"], **of, **found)
    waits = {"stage": "proposed", "review": "none", "withholding": "proposed", "formed_on": TODAY, "due_on": TODAY}
    way = {"part_id": to.ids["part"], "department_id": to.department}
    names = {"inspection_id": to.ids["inspection"], "target_id": to.ids["target"]}
    task = {"plan_task_id": to.ids["plan_task"], "calendar_version": 1}
    to.add_part_of(Publication, record_id=new_id(), **way, **names, **task, **waits)
    proposed = {"ground": "trade_secret", "note": "样本", "proposed_by": to.owner.account_id, "proposed_at": NOW}
    to.add("withholding", WithholdingProposal, request_sha256=DIGEST, **way, **proposed)
    of_part = {"part_id": to.ids["part"], "request_sha256": DIGEST}
    by_owner = {"proposed_by": to.owner.account_id, "proposed_at": NOW}
    corrected = {"result_code": "other", "reason": "entry_error", "note": "样本"}
    to.add("record_correction", RecordCorrection, **of_part, **by_owner, **corrected)
    places = [{"left": 0, "top": 0, "width": 100, "height": 100}]
    copy = {"photo_id": new_id(), "record_id": new_id(), "sha256": DIGEST, "length": 1, "width": 1, "height": 1}
    to.add("public_photo", PublicPhoto, places=places, **of_part, **by_owner, **copy)
    sent = {"sha256": DIGEST, "length": 10, "media_type": "image/jpeg", "filename": "a.jpg", "state": "receiving"}
    by = {"account_id": to.owner.account_id, "device_id": to.owner.device_id, "part_id": to.ids["part"]}
    to.add("upload", Upload, request_sha256=DIGEST, created_at=NOW, **sent, **by)
