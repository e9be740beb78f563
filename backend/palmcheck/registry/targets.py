"""Looking after one target: enter, change, tag. Two may edit; the one who saw an older row is told (If-Match)."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Text, cast, literal_column, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.problems import NotAllowed
from palmcheck.accounts.scope import in_reach, reaches
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.grams import normal, searchable
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.fact_models import Tag
from palmcheck.registry.models import Target
from palmcheck.registry.problems import CreditCodeInvalid
from palmcheck.registry.target_events import TagNamed, TargetChanged, TargetEntered, TargetTagged
from palmcheck.registry.target_problems import (
    CodeTaken,
    EditedMeanwhile,
    ReasonNeeded,
    ResponsibleNeeded,
    ResponsibleNotWanted,
    ResponsibleUnknown,
    TagInvalid,
    TargetMerged,
    VersionNeeded,
)
from palmcheck.registry.target_types import ENTITY_KINDS, SaveTag, SaveTarget

TAG_LENGTH = 20
_STANDING = ("status", "credit_risk_class")


async def version_of(session: AsyncSession, jurisdiction_id: UUID, id: UUID) -> str:
    """What an editor saw, as an ETag: the row's transaction, so that an import counts as an edit too."""
    xmin = await session.scalar(
        select(cast(literal_column("target.xmin"), Text)).where(
            Target.jurisdiction_id == jurisdiction_id, Target.id == id
        )
    )
    if xmin is None:
        raise NotFound(field="id")
    return f'"{xmin}"'


async def target_of(session: AsyncSession, actor: Actor, id: UUID) -> Target:
    """A target that the actor may read. Raises NotFound."""
    theirs = Target.department_ids.contains([actor.department_id])
    scope = in_reach(actor, "target.read", Target.jurisdiction_id, theirs)
    row = await session.scalar(select(Target).where(scope, Target.id == id))
    if row is None:
        raise NotFound(field="id")
    return row


async def editable(tx: Tx, by: Actor, id: UUID, *, version: str | None = None) -> Target:
    """A target that the actor may change, held until the transaction ends.

    An administrator changes what concerns his department, or no department in particular. Raises NotFound,
    NotAllowed, TargetMerged, and with a version EditedMeanwhile.
    """
    await tx.lock("target", id)
    row = await tx.session.get(Target, (by.jurisdiction_id, id), populate_existing=True)
    if row is None:
        raise NotFound(field="id")
    if not may_change(by, row):
        raise NotAllowed(permission="target.edit")
    if row.merged_into is not None:
        raise TargetMerged(into=row.merged_into)
    if version is not None and version != await version_of(tx.session, by.jurisdiction_id, id):
        raise EditedMeanwhile
    return row


def may_change(by: Actor, row: Target) -> bool:
    """Whether a department administrator's department is concerned; targets of no department are everybody's."""
    return reaches(by, "target.edit", row.jurisdiction_id, row.department_ids or [by.department_id])


async def save_target(tx: Tx, by: Actor, id: UUID, data: SaveTarget, version: str | None) -> Target:
    """Enters a target, or changes one whose `version` the editor saw; a repeat of either answers the same row.

    Raises VersionNeeded for a change without a version, and what `editable` and the checks raise.
    """
    data = await _checked(tx, by, id, data)
    wanted = _columns(data)
    existing = await tx.session.get(Target, (by.jurisdiction_id, id))
    if existing is None:
        if version is not None:
            raise NotFound(field="id")
        await tx.lock("target", id)
        departments = [by.department_id] if by.department_id else []
        row = Target(jurisdiction_id=by.jurisdiction_id, id=id, department_ids=departments, **wanted)
        tx.session.add(row)
        await tx.session.flush()
        tx.record(by, TargetEntered(jurisdiction_id=by.jurisdiction_id, target_id=id, row_sha256=_sha256(data)))
        return row
    if all(getattr(existing, name) == value for name, value in wanted.items()):
        return existing
    if version is None:
        raise VersionNeeded
    row = await editable(tx, by, id, version=version)
    return await _change(tx, by, row, data, wanted)


async def _change(tx: Tx, by: Actor, row: Target, data: SaveTarget, wanted: dict[str, Any]) -> Target:
    changed = sorted(name for name, value in wanted.items() if getattr(row, name) != value)
    if set(changed) & set(_STANDING) and not (data.reason and data.reason.strip()):
        raise ReasonNeeded(field="reason")
    await tx.session.execute(text("select set_config('palmcheck.reason', :why, true)"), {"why": data.reason or ""})
    for name in changed:
        setattr(row, name, wanted[name])
    await tx.session.flush()
    shown = [name for name in changed if name not in {"grams", "search_text", "pinyin"}]
    tx.record(
        by,
        TargetChanged(
            jurisdiction_id=by.jurisdiction_id,
            target_id=row.id,
            fields=shown,
            row_sha256=_sha256(data),
            reason=data.reason,
        ),
    )
    return row


def _columns(data: SaveTarget) -> dict[str, Any]:
    found_by = searchable(data.name, data.credit_code, data.registration_number)
    return {
        "name": data.name,
        "kind": data.kind,
        "credit_code": data.credit_code,
        "registration_number": data.registration_number,
        "legal_representative": data.legal_representative,
        "address": data.address,
        "latitude": data.position.latitude if data.position else None,
        "longitude": data.position.longitude if data.position else None,
        "industry_code": data.industry.code,
        "industry_name": data.industry.name,
        "status": data.status,
        "credit_risk_class": data.credit_risk_class,
        "responsible_id": data.responsible_id,
        "grams": found_by.grams,
        "search_text": found_by.text,
        "pinyin": found_by.pinyin,
    }


def _sha256(data: SaveTarget) -> str:
    return digest(msgspec.to_builtins(data))


async def _checked(tx: Tx, by: Actor, id: UUID, data: SaveTarget) -> SaveTarget:
    """The same without spaces around, codes in capitals. Raises what is wrong, with its field."""
    code = normal(data.credit_code or "").upper() or None
    if code is not None:
        try:
            uscc.validate(code)
        except ValidationError as wrong:
            raise CreditCodeInvalid(field="credit_code", credit_code=code) from wrong
        await code_is_free(tx, by, id, code)
    if data.kind in ENTITY_KINDS:
        if data.responsible_id is not None:
            raise ResponsibleNotWanted(field="responsible_id")
    else:
        await _responsible_is_entity(tx, by, data.responsible_id)
    return msgspec.structs.replace(
        data,
        name=data.name.strip(),
        address=data.address.strip(),
        credit_code=code,
        registration_number=normal(data.registration_number or "").upper() or None,
        legal_representative=(data.legal_representative or "").strip() or None,
    )


async def code_is_free(tx: Tx, by: Actor, id: UUID, code: str) -> None:
    """Raises CodeTaken if another target has this credit code."""
    other = select(Target.id, Target.name).where(
        Target.jurisdiction_id == by.jurisdiction_id, Target.credit_code == code, Target.id != id
    )
    taken = (await tx.session.execute(other)).first()
    if taken is not None:
        raise CodeTaken(field="credit_code", name=taken.name, target_id=taken.id)


async def _responsible_is_entity(tx: Tx, by: Actor, responsible_id: UUID | None) -> None:
    if responsible_id is None:
        raise ResponsibleNeeded(field="responsible_id")
    row = await tx.session.get(Target, (by.jurisdiction_id, responsible_id))
    if row is None or row.kind not in ENTITY_KINDS or row.merged_into is not None:
        raise ResponsibleUnknown(field="responsible_id")


async def save_tags(tx: Tx, by: Actor, id: UUID, tags: list[str], version: str | None) -> Target:
    """Gives a target exactly these tags; new words become free tags. Raises TagInvalid and what `editable` raises."""
    wanted = sorted({tag_word(tag) for tag in tags})
    row = await editable(tx, by, id)
    if row.tags == wanted:
        return row
    if version is not None and version != await version_of(tx.session, by.jurisdiction_id, id):
        raise EditedMeanwhile
    if wanted:
        words = [{"jurisdiction_id": by.jurisdiction_id, "name": tag, "family": "free"} for tag in wanted]
        await tx.session.execute(insert(Tag).on_conflict_do_nothing(), words)
    row.tags = wanted
    await tx.session.flush()
    tx.record(by, TargetTagged(jurisdiction_id=by.jurisdiction_id, target_id=id, tags=wanted))
    return row


def tag_word(word: str) -> str:
    """A tag as it is kept: without spaces. Raises TagInvalid."""
    tag = "".join(word.split())
    if not tag or len(tag) > TAG_LENGTH or "=" in tag:
        raise TagInvalid(field="tags", tag=word, length=TAG_LENGTH)
    return tag


async def name_tag(tx: Tx, by: Actor, name: str, data: SaveTag) -> Tag:
    """Makes a tag, or moves it to another family; a repeat answers the same. Raises TagInvalid."""
    tag = tag_word(name)
    await tx.lock("tag", by.jurisdiction_id)
    row = await tx.session.get(Tag, (by.jurisdiction_id, tag))
    if row is not None and row.family == data.family:
        return row
    row = row or Tag(jurisdiction_id=by.jurisdiction_id, name=tag)
    row.family = data.family
    tx.session.add(row)
    await tx.session.flush()
    tx.record(by, TagNamed(jurisdiction_id=by.jurisdiction_id, tag=tag, family=data.family))
    return row
