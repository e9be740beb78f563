"""Photos to look at, for whoever may read the inspection they belong to."""

from typing import Annotated

from litestar import Controller, get
from litestar.params import QueryParameter
from litestar.response import Stream

from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.evidence import thumbnails
from palmcheck.evidence.models import Upload
from palmcheck.evidence.service import object_key, shown_photo
from palmcheck.kernel.web import OpenTx, PathId

EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
SEALED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=3600",
}
"""Whatever a phone brought, it is a picture here and nothing that runs; and no cache that others share keeps it."""


class Photos(Controller):
    """Photos of an inspection."""

    path = "/api/evidence/inspections/{inspection_id:uuid}/photos"
    tags = ("evidence",)

    @get("/{id:uuid}", operation_id="readPhoto", guards=[may("inspection.read")])
    async def photo(
        self,
        tx: OpenTx,
        actor: SignedIn,
        inspection_id: PathId,
        id: PathId,
        download: Annotated[bool, QueryParameter(description="to be saved instead of shown")] = False,
    ) -> Stream:
        """A complete photo, the very bytes that the phone signed."""
        upload = await shown_photo(tx.session, actor, inspection_id, id)
        headers = SEALED | {
            "Content-Disposition": _disposition(upload, download),
            "Content-Length": str(upload.length),
            "ETag": f'"{upload.sha256}"',
        }
        content = tx.store.read(object_key(upload))
        return Stream(content, media_type=upload.media_type, headers=headers)

    @get("/{id:uuid}/thumbnail", operation_id="readThumbnail", guards=[may("inspection.read")])
    async def thumbnail(self, tx: OpenTx, actor: SignedIn, inspection_id: PathId, id: PathId) -> Stream:
        """A small JPEG of a photo, upright, without EXIF."""
        upload = await shown_photo(tx.session, actor, inspection_id, id)
        content = tx.store.read(await thumbnails.ensure_thumbnail(tx.store, upload))
        headers = SEALED | {"Content-Disposition": _disposition(upload, False), "ETag": f'"{upload.sha256}-s"'}
        return Stream(content, media_type="image/jpeg", headers=headers)


def _disposition(upload: Upload, download: bool) -> str:
    """Named by its id: what the phone called it may be made to mislead."""
    kind = "attachment" if download else "inline"
    return f'{kind}; filename="{upload.id}.{EXTENSIONS[upload.media_type]}"'
