"""Routes of the slice."""

from litestar import Controller, get

from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.followup import service
from palmcheck.followup.types import FollowUpView
from palmcheck.kernel.web import OpenTx, PathId


class FollowUps(Controller):
    """What is done about found problems (R13)."""

    path = "/api/follow-ups"
    tags = ("followup",)

    @get("/of-inspection/{inspection_id:uuid}", operation_id="listFollowUps", guards=[may("inspection.read")])
    async def of_inspection(self, tx: OpenTx, actor: SignedIn, inspection_id: PathId) -> list[FollowUpView]:
        """The follow-ups of one inspection, by part."""
        return await service.follow_ups_of(tx.session, actor, inspection_id)
