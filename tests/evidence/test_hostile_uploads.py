"""What is no photo leaves nothing behind; the good ones beside it go through."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from palmcheck.evidence.models import PhotoFacts, Upload
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.object_store import ObjectStore
from tests.evidence.hostile import GOOD, UPLOADS, Hostile, scripted_exif
from tests.evidence.servers import RunningServer
from tests.evidence.visits import TUS, Phone, Photo, Visits, in_base64, photo_of, piece_headers


@dataclass(frozen=True)
class Story:
    """What became of one file, and on which request."""

    answer: httpx.Response
    at: str


async def told(phone: Phone, part_id: UUID, case: Hostile, photo: Photo) -> Story:
    """Announces and sends it, to the first refusal."""
    asked = case.headers if case.at == "announcement" or "Upload-Length" in case.headers else {}
    headers = photo.announcement(**case.change) | asked
    raw = [(key.encode(), value.encode("latin-1")) for key, value in headers.items()]
    announced = await phone.http.post("/api/evidence/uploads", headers=raw)
    if announced.status_code != 201:
        return Story(announced, "announcement")
    piece = piece_headers(0) | (case.headers if case.at == "piece" else {})
    sent = await phone.http.patch(photo.path, headers=piece, content=photo.content)
    return Story(sent, "piece" if case.at == "piece" else "content")


CONTENTS = [case for case in UPLOADS if case.at == "content" and not case.headers]


@pytest.mark.parametrize("case", CONTENTS, ids=lambda case: str(case.name))
async def test_along_with_its_announcement_it_fares_no_better(
    visits: Visits, upload_server: RunningServer, case: Hostile
) -> None:
    phone = await visits.phone()
    part_id = await visits.part(phone)
    photo = Photo(part_id, case.content(), new_id())
    answer = await phone.announce_with(photo, photo.content, case.change)
    assert answer.json()["code"] == case.code
    assert f"{phone.actor.jurisdiction_id}-{photo.id}" not in await keys(upload_server.store)
    assert await visits.trail(phone) == ["evidence.upload_created", "evidence.upload_terminated"]
    async with visits.database.reading() as session:
        states = await session.scalars(select(Upload.state).where(Upload.part_id == part_id))
        assert list(states) == ["terminated"]


async def keys(store: ObjectStore) -> set[str]:
    return {each.key async for each in store.listing() if each.length > 0}


@pytest.mark.parametrize("case", UPLOADS, ids=lambda case: str(case.name))
async def test_it_is_refused_in_words_and_leaves_nothing(
    visits: Visits, upload_server: RunningServer, case: Hostile
) -> None:
    phone = await visits.phone()
    part_id = await visits.part(phone)
    photo = Photo(part_id, case.content(), new_id())

    story = await told(phone, part_id, case, photo)

    assert (story.answer.json()["code"], story.at) == (case.code, case.at), story.answer.text
    assert story.answer.headers["content-type"] == "application/problem+json"
    assert f"{phone.actor.jurisdiction_id}-{photo.id}" not in await keys(upload_server.store)
    async with visits.database.reading() as session:
        rows = list(await session.scalars(select(Upload).where(Upload.part_id == part_id)))
        assert [row for row in rows if row.state == "complete"] == []
        assert (await session.scalar(select(PhotoFacts.id).where(PhotoFacts.id == photo.id))) is None
        assert rows == [] if case.at == "announcement" else len(rows) == 1
    good = photo_of(part_id)
    assert (await phone.announce(good)).status_code == 201
    assert (await phone.send(good)).status_code == 204


@pytest.mark.parametrize("name", GOOD)
async def test_a_good_one_goes_through(visits: Visits, name: str) -> None:
    phone = await visits.phone()
    photo = Photo(await visits.part(phone), GOOD[name](), new_id())
    assert (await phone.announce(photo)).status_code == 201
    assert (await phone.send(photo)).status_code == 204
    assert await phone.offset(photo) == len(photo.content)


async def test_what_was_refused_for_good_is_refused_again_at_once(visits: Visits) -> None:
    phone = await visits.phone()
    photo = Photo(await visits.part(phone), b"this is not a picture" * 40, new_id())
    await phone.announce(photo)
    first = await phone.send(photo)
    again = await phone.announce(photo)
    assert (again.status_code, again.json()) == (422, first.json())
    assert (await phone.http.head(photo.path, headers=TUS)).status_code == 410


async def test_what_a_photo_tells_beside_its_picture_is_kept_aside(visits: Visits) -> None:
    phone = await visits.phone()
    photo = Photo(await visits.part(phone), scripted_exif(), new_id())
    await phone.announce(photo)
    await phone.send(photo)
    async with visits.database.reading() as session:
        facts = await session.get_one(PhotoFacts, (phone.actor.jurisdiction_id, photo.id))
    assert (facts.width, facts.height, facts.orientation) == (320, 240, 6)
    assert facts.exif["ImageDescription"].startswith("<script>")
    assert facts.exif["GPSLatitudeRef"] == "N"
    assert facts.perceptual_hash is not None


async def test_the_file_s_name_leads_nowhere(visits: Visits, upload_server: RunningServer) -> None:
    """It is kept as it came, and no path is ever made of it."""
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    assert (await phone.announce(photo, filename="../../../../tmp/door.jpg")).status_code == 201
    assert (await phone.send(photo)).status_code == 204
    found = {key for key in await keys(upload_server.store) if str(photo.id) in key}
    assert f"{phone.actor.jurisdiction_id}-{photo.id}" in found
    assert all(key.replace("-", "").isalnum() for key in found)


async def test_a_header_that_says_a_thing_twice_is_refused(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    headers = photo.announcement()
    headers["Upload-Metadata"] += f",sha256 {in_base64(hashlib.sha256(b'other').hexdigest().encode())}"
    answer = await phone.http.post("/api/evidence/uploads", headers=headers)
    assert answer.json()["code"] == "evidence.metadata_invalid"
