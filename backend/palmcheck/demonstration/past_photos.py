"""Photos of past visits: their bytes in the store, their uploads by the verbs of the slice."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

from palmcheck.demonstration.actors import NOBODY, PastActor
from palmcheck.demonstration.pictures import HEIGHT, WIDTH, picture
from palmcheck.evidence import service as evidence
from palmcheck.evidence.types import Examined, NewUpload
from palmcheck.inspections.types import PhotoRef
from palmcheck.kernel.canonical import digest, sha256_hex
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.object_store import ObjectStore
from palmcheck.kernel.unit_of_work import Tx

MEDIA_TYPE: Literal["image/png"] = "image/png"


class PastPhoto(NamedTuple):
    """A photo with its bytes."""

    ref: PhotoRef
    content: bytes


def past_photo(seed: str, question_key: str, at: datetime) -> PastPhoto:
    """The photo of one question of one part."""
    content = picture(seed)
    hashed = sha256_hex(content)
    ref = PhotoRef(new_id(), question_key, hashed, hashed, MEDIA_TYPE, len(content), WIDTH, HEIGHT, at)
    return PastPhoto(ref, content)


async def bring_in(tx: Tx, store: ObjectStore, by: PastActor, part_id: UUID, photo: PastPhoto) -> None:
    """Announces, stores and completes the photo; its part is complete with its last one (R11)."""
    phone = msgspec.structs.replace(by, device_id=NOBODY)
    ref = photo.ref
    announced = {"id": str(ref.id), "part_id": str(part_id), "sha256": ref.sha256, "length": ref.bytes}
    new = NewUpload(ref.id, part_id, ref.sha256, MEDIA_TYPE, f"{ref.id}.png", ref.bytes, digest(announced))
    await evidence.create_upload(tx, phone, new)
    upload = await evidence.own_upload(tx.session, phone, ref.id)
    await store.append(evidence.object_key(upload), 0, _whole(photo.content))
    await store.seal(evidence.object_key(upload))
    await evidence.complete_upload(tx, phone, upload, Examined(WIDTH, HEIGHT, 1, {}, None))


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content
