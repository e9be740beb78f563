"""Routes of the slice."""

from litestar import Controller, get, put
from litestar.params import JSONBody

from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.followup import handling, service
from palmcheck.followup.types import FollowUpView, RecordDisposal, VerifyDisposal
from palmcheck.kernel.web import OpenTx, PathId


class FollowUps(Controller):
    """What is done about found problems (R13)."""

    path = "/api/follow-ups"
    tags = ("followup",)

    @get("/of-inspection/{inspection_id:uuid}", operation_id="listFollowUps", guards=[may("inspection.read")])
    async def of_inspection(self, tx: OpenTx, actor: SignedIn, inspection_id: PathId) -> list[FollowUpView]:
        """The follow-ups of one inspection, by part."""
        return await service.follow_ups_of(tx.session, actor, inspection_id)

    @put("/{id:uuid}/disposal", operation_id="recordDisposal", guards=[may("followup.dispose")])
    async def dispose(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[RecordDisposal]) -> FollowUpView:
        """Says what was done about a problem; the day counts for the handling rate."""
        return service.view(await handling.record_disposal(tx, actor, id, data))

    @put("/{id:uuid}/verification", operation_id="verifyDisposal", guards=[may("followup.verify")])
    async def verify(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[VerifyDisposal]) -> FollowUpView:
        """A second person has looked and closes the problem."""
        return service.view(await handling.verify_disposal(tx, actor, id, data))
