"""What happens at the door: an arrival with its position, a signature or a refusal."""

from datetime import datetime
from random import Random
from uuid import UUID

from palmcheck.inspections.on_site_types import MeasuredPosition, PartyRefused, PartySigned, Witness
from palmcheck.inspections.types import CheckInBody
from palmcheck.registry.types import TargetView

REFUSED_PERCENT = 3
STROKES = ([120, 210, 180, 150, 260, 240, 330, 170], [360, 160, 400, 250, 470, 180, 560, 230])
REFUSALS = ("负责人不在现场，在场人员拒绝签字", "对检查结论有异议，拒绝签字")


def arrival_at(part_id: UUID, target: TargetView, at: datetime, random: Random) -> CheckInBody:
    """The phone's position near the registered one; now and then there is none."""
    if target.position is None or random.random() < 0.04:
        return CheckInBody(part_id, at, None, random.choice(("unavailable", "timeout")), None)
    measured = MeasuredPosition(
        latitude=round(random.gauss(target.position.latitude, 0.0003), 6),
        longitude=round(random.gauss(target.position.longitude, 0.0003), 6),
        accuracy_m=round(random.uniform(4, 40), 1),
    )
    return CheckInBody(part_id, at, measured, None, None)


def signing_of(at: datetime, random: Random) -> PartySigned | PartyRefused:
    """The inspected party's signature; now and then it refuses, before a witness (R29)."""
    if random.randrange(100) < REFUSED_PERCENT:
        return PartyRefused(random.choice(REFUSALS), at, Witness("社区网格员", "见证人", list(STROKES), at))
    return PartySigned("现场负责人", list(STROKES), at)
