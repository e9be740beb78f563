"""Routes of the slice."""

from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Controller, Request, get, put
from litestar.params import FromQuery, JSONBody, QueryParameter

from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.scope import AskedPlace
from palmcheck.kernel.paging import Page
from palmcheck.kernel.web import OpenTx, PathId, language_of
from palmcheck.publication import desk_views, reviewing, withholding
from palmcheck.publication.desk_views import PublicationFilter, withholding_view
from palmcheck.publication.grounds import CITES_ITS_LAW, GROUND_KEYS, GROUNDS, ground_sentence
from palmcheck.publication.types import (
    DecideWithholding,
    GiveReview,
    GroundView,
    OverdueReport,
    ProposeWithholding,
    PublicationDetail,
    PublicationRow,
    WithholdingView,
)

AskedStage = Literal[
    "waiting",
    "overdue",
    "undecided",
    "expected",
    "in_review",
    "returned",
    "proposed",
    "ready",
    "published",
    "withheld",
    "withdrawn",
]


class Publications(Controller):
    """Results on their way to the public (R10 to R12)."""

    path = "/api/publication"
    tags = ("publication",)

    @get("/records", operation_id="listPublications", guards=[may("publication.read")])
    async def search(
        self,
        tx: OpenTx,
        actor: SignedIn,
        q: Annotated[str | None, QueryParameter(max_length=100, description="name, pinyin initials or code")] = None,
        stage: FromQuery[AskedStage | None] = None,
        department_id: FromQuery[UUID | None] = None,
        plan_task_id: FromQuery[UUID | None] = None,
        jurisdiction_id: AskedPlace = None,
        cursor: FromQuery[str | None] = None,
    ) -> Page[PublicationRow]:
        """Results on their way, what is due first; `stage` may be `waiting`, `overdue` or `undecided` too."""
        wanted = PublicationFilter(
            q=q or "",
            stage=stage,
            department_id=department_id,
            plan_task_id=plan_task_id,
            jurisdiction_id=jurisdiction_id,
        )
        return await desk_views.list_publications(tx.session, actor, wanted, cursor)

    @get("/overdue", operation_id="readOverduePublications", guards=[may("publication.read")])
    async def overdue(self, tx: OpenTx, actor: SignedIn, jurisdiction_id: AskedPlace = None) -> OverdueReport:
        """What is past its last day, by department and task: the report to the office (R23)."""
        return await desk_views.overdue_report(tx.session, actor, jurisdiction_id)

    @get("/grounds", operation_id="listGrounds", guards=[may("publication.read")])
    async def grounds(self, request: Request[Any, Any, Any]) -> list[GroundView]:
        """The table of legal grounds for withholding."""
        language: Literal["zh-CN", "en"] = "en" if language_of(request) == "en" else "zh-CN"
        return [
            GroundView(key, ground_sentence(key, language), GROUNDS[key].law, key in CITES_ITS_LAW)
            for key in GROUND_KEYS
        ]

    @get("/records/{part_id:uuid}", operation_id="readPublication", guards=[may("publication.read")])
    async def read(self, tx: OpenTx, actor: SignedIn, part_id: PathId) -> PublicationDetail:
        """One result on its way, with its review and every proposal."""
        return await desk_views.read_publication(tx.session, actor, part_id)

    @put("/records/{part_id:uuid}/review", operation_id="giveReview", guards=[may("publication.handle")])
    async def review(
        self, tx: OpenTx, actor: SignedIn, part_id: PathId, data: JSONBody[GiveReview]
    ) -> PublicationDetail:
        """A second officer of the department passes a result on, or returns it."""
        await reviewing.give_review(tx, actor, part_id, data)
        await tx.session.flush()
        return await desk_views.read_publication(tx.session, actor, part_id)

    @put("/withholdings/{id:uuid}", operation_id="proposeWithholding", guards=[may("publication.handle")])
    async def propose(
        self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[ProposeWithholding]
    ) -> WithholdingView:
        """Says that a law keeps a result from the public; until it is decided nothing of it becomes public."""
        return withholding_view(await withholding.propose_withholding(tx, actor, id, data))

    @put("/withholdings/{id:uuid}/decision", operation_id="decideWithholding", guards=[may("publication.confirm")])
    async def decide(
        self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[DecideWithholding]
    ) -> WithholdingView:
        """A second person confirms or refuses a proposal; who made it cannot."""
        return withholding_view(await withholding.decide_withholding(tx, actor, id, data))

    @put("/withholdings/{id:uuid}/taken-back", operation_id="takeBackWithholding", guards=[may("publication.handle")])
    async def take_back(self, tx: OpenTx, actor: SignedIn, id: PathId) -> WithholdingView:
        """Takes back a proposal that nobody has decided yet."""
        return withholding_view(await withholding.take_back_withholding(tx, actor, id))
