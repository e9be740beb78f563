"""What an enterprise may see of who comes, by the code that an inspector's phone shows (R25)."""

from collections.abc import Mapping
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.catalogue import service as catalogue
from palmcheck.field import rendering
from palmcheck.field.show_codes import ShowCode
from palmcheck.field.types import FieldPart, InspectionTask
from palmcheck.kernel.problems import NotFound

FORMED = frozenset({"awaiting_photos", "complete", "published"})
NOBODY = UUID(int=0)


class ShownItem(Struct, frozen=True):
    """What is checked, and by which law."""

    id: UUID
    name: str
    basis: str | None


class ShownPart(Struct, frozen=True):
    """A department that comes: its officers with certificate numbers, and what it checks. `done`: it was there."""

    part: FieldPart
    items: list[ShownItem]
    done: bool


class ShownInspection(Struct, frozen=True):
    """Who comes to whom by what task."""

    task: InspectionTask
    parts: list[ShownPart]


async def shown_inspection(session: AsyncSession, code: ShowCode) -> ShownInspection:
    """The inspection behind a code as it stands now. Raises NotFound when it is no more."""
    found = await rendering.inspection_tasks(session, code.jurisdiction_id, NOBODY, {code.inspection_id})
    task = found.get(code.inspection_id)
    if task is None:
        raise NotFound(field="code")
    asked = {item.id for part in task.parts for item in part.items}
    bases = await catalogue.bases(session, code.jurisdiction_id, asked)
    return ShownInspection(task, [_shown(part, bases) for part in task.parts])


def _shown(part: FieldPart, bases: Mapping[UUID, str]) -> ShownPart:
    items = [ShownItem(each.id, each.name, bases.get(each.id)) for each in part.items]
    return ShownPart(part, items, part.state in FORMED)
