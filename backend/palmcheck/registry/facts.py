"""Recording penalties and upheld complaints."""

from uuid import UUID

import msgspec

from palmcheck.accounts.actor import Actor
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.problems import IdReuse
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.fact_models import TargetFact
from palmcheck.registry.target_events import FactRecorded
from palmcheck.registry.target_problems import FactInFuture
from palmcheck.registry.target_types import SaveFact
from palmcheck.registry.targets import editable


async def record_fact(tx: Tx, by: Actor, target_id: UUID, id: UUID, data: SaveFact) -> None:
    """Records a dated fact; a repeat is the same fact. Raises IdReuse, FactInFuture and what `editable` raises."""
    sent = digest({"target_id": str(target_id), **msgspec.to_builtins(data)})
    await editable(tx, by, target_id)
    known = await tx.session.get(TargetFact, (by.jurisdiction_id, id))
    if known is not None:
        if known.request_sha256 != sent:
            raise IdReuse(field="id")
        return
    if data.happened_on > law_date(tx.now):
        raise FactInFuture(field="happened_on")
    fact = TargetFact(
        jurisdiction_id=by.jurisdiction_id,
        id=id,
        target_id=target_id,
        recorded_at=tx.now,
        request_sha256=sent,
        **msgspec.structs.asdict(data),
    )
    tx.session.add(fact)
    await tx.session.flush()
    tx.record(
        by,
        FactRecorded(
            jurisdiction_id=by.jurisdiction_id,
            target_id=target_id,
            fact_id=id,
            kind=data.kind,
            happened_on=data.happened_on,
        ),
    )
