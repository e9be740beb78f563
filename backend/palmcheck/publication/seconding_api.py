"""Routes for corrections and for photos that go public: what one person proposes and another decides."""

from litestar import Controller, get, put
from litestar.params import JSONBody
from litestar.response import Stream

from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.kernel.web import OpenTx, PathId
from palmcheck.publication import correcting, photographing
from palmcheck.publication.types import PhotoView, ProposeCorrection, ProposePhoto, RecordCorrectionView, SecondWord
from palmcheck.publication.undecided import correction_view, photo_view

SEALED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


class Corrections(Controller):
    """Results that were entered wrongly (R10)."""

    path = "/api/publication/corrections"
    tags = ("publication",)

    @put("/{id:uuid}", operation_id="proposeRecordCorrection", guards=[may("publication.handle")])
    async def propose(
        self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[ProposeCorrection]
    ) -> RecordCorrectionView:
        """Says what a result should say; what is public stays until a second person confirms."""
        return correction_view(await correcting.propose_correction(tx, actor, id, data), actor)

    @put("/{id:uuid}/decision", operation_id="decideRecordCorrection", guards=[may("publication.confirm")])
    async def decide(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[SecondWord]) -> RecordCorrectionView:
        """A second person confirms, and a new version stands, or refuses; who proposed it cannot."""
        return correction_view(await correcting.decide_correction(tx, actor, id, data), actor)

    @put("/{id:uuid}/taken-back", operation_id="takeBackRecordCorrection", guards=[may("publication.handle")])
    async def take_back(self, tx: OpenTx, actor: SignedIn, id: PathId) -> RecordCorrectionView:
        """Takes back a correction that nobody has decided yet."""
        return correction_view(await correcting.take_back_correction(tx, actor, id), actor)


class Photos(Controller):
    """Photos that go public, on blurred copies (R18)."""

    path = "/api/publication/photos"
    tags = ("publication",)

    @put("/{id:uuid}", operation_id="proposePublicPhoto", guards=[may("publication.handle")])
    async def propose(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[ProposePhoto]) -> PhotoView:
        """Makes a blurred copy of a photo of the result; it waits for a second person."""
        return photo_view(await photographing.propose_photo(tx, actor, id, data), actor)

    @put("/{id:uuid}/decision", operation_id="decidePublicPhoto", guards=[may("publication.confirm")])
    async def decide(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[SecondWord]) -> PhotoView:
        """A second person releases a copy or refuses it; who made it cannot."""
        return photo_view(await photographing.decide_photo(tx, actor, id, data), actor)

    @put("/{id:uuid}/removed", operation_id="removePublicPhoto", guards=[may("publication.handle")])
    async def remove(self, tx: OpenTx, actor: SignedIn, id: PathId) -> PhotoView:
        """Takes a copy back, or out of public."""
        return photo_view(await photographing.remove_photo(tx, actor, id), actor)

    @get("/{id:uuid}", operation_id="readPublicPhoto", guards=[may("publication.read")])
    async def read(self, tx: OpenTx, actor: SignedIn, id: PathId) -> Stream:
        """A copy as the public would see it, before it is released."""
        content = await photographing.copy_to_look_at(tx.session, tx.store, actor, id)
        return Stream(content, media_type="image/jpeg", headers=SEALED)
