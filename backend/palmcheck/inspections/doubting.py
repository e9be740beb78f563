"""What a visit that found no one says about the registry: a request to correct it is drafted."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from palmcheck.accounts.actor import Actor
from palmcheck.inspections.on_site_types import Outcome, OutcomeKind
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.doubts import draft_from_visit
from palmcheck.registry.target_types import CorrectableField, DraftCorrection


class Doubt(NamedTuple):
    """What the letter says: the field in doubt, what is proposed, and on what ground."""

    field: CorrectableField
    proposed: str
    ground: str


AUTHORITY = "登记机关"
LONGEST_GROUND = 1000
DOUBTS: Mapping[OutcomeKind, Doubt] = {
    "closed": Doubt("status", "疑似停业，请核实经营状态", "现场检查时登记地址已关门停业，附照片和定位。"),
    "not_found": Doubt("address", "登记地址查无此户，请核实住所（经营场所）", "现场检查时登记地址未找到该经营主体。"),
    "refused": Doubt("address", "请核实登记信息", "现场检查时对登记信息有疑问。"),
    "unreachable": Doubt("address", "通过登记的住所无法联系，请核实", "多次联系未果，联系记录附后。"),
}
"""The words of the draft; the administrator who sends it may change them."""


async def doubt_registry(tx: Tx, by: Actor, target_id: UUID, outcome: Outcome) -> UUID:
    """Drafts the request and answers its id. Raises NotFound."""
    doubt = DOUBTS[outcome.kind]
    grounds = (doubt.ground + (outcome.note or ""))[:LONGEST_GROUND]
    return await draft_from_visit(tx, by, target_id, DraftCorrection(AUTHORITY, doubt.field, doubt.proposed, grounds))
