"""What a visit makes doubtful in the registry: a drafted request to the registering authority (domain.md 3)."""

from uuid import UUID

from palmcheck.accounts.actor import Actor
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.corrections import recorded
from palmcheck.registry.fact_models import CorrectionRequest
from palmcheck.registry.models import Target
from palmcheck.registry.target_events import CorrectionMoved
from palmcheck.registry.target_types import DraftCorrection


async def draft_from_visit(tx: Tx, by: Actor, target_id: UUID, data: DraftCorrection) -> UUID:
    """Drafts a request out of what officers saw on site; the administrators of the target look at it and send it.

    Unlike a draft at a desk it needs no right to edit the target: the visit is the ground. Raises NotFound.
    """
    target = await tx.session.get(Target, (by.jurisdiction_id, target_id))
    if target is None:
        raise NotFound(field="target_id")
    row = CorrectionRequest(
        jurisdiction_id=by.jurisdiction_id,
        id=new_id(),
        target_id=target_id,
        authority=data.authority,
        field=data.field,
        recorded=recorded(target, data.field),
        proposed=data.proposed,
        grounds=data.grounds,
        state="draft",
        drafted_by=by.account_id,
        drafted_at=tx.now,
    )
    tx.session.add(row)
    await tx.session.flush()
    tx.record(
        by,
        CorrectionMoved(jurisdiction_id=by.jurisdiction_id, target_id=target_id, correction_id=row.id, state=row.state),
    )
    return row.id
