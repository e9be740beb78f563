"""A photo and its thumbnail, for whoever may read the inspection, and for nobody else."""

from io import BytesIO

from PIL import Image

from palmcheck.kernel.ids import new_id
from tests.evidence.hostile import scripted_exif
from tests.world.county import World, assert_problem
from tests.world.phone import photo_ref


async def test_whoever_reads_the_inspection_sees_the_picture_sealed(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    content = scripted_exif()
    photo = photo_ref(content, None)
    assert (await phone.upload(part, photo, content)).status_code == 204
    lead = await world.team_lead()
    path = f"/api/evidence/inspections/{part['inspection']['id']}/photos/{photo['id']}"

    answer = await lead.get(path)

    assert (answer.status_code, answer.content) == (200, content)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"] == f'inline; filename="{photo["id"]}.jpg"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"].startswith("private")
    saved = await lead.get(path, params={"download": "true"})
    assert saved.headers["content-disposition"].startswith("attachment")
    await world.settle()
    small = await lead.get(f"{path}/thumbnail")
    assert (small.status_code, small.headers["content-type"]) == (200, "image/jpeg")
    with Image.open(BytesIO(small.content)) as image:
        assert image.size == (240, 320)  # turned as EXIF says
        assert dict(image.getexif()) == {}
    assert b"script" not in small.content


async def test_nobody_else_does(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    content = scripted_exif()
    photo = photo_ref(content, None)
    await phone.upload(part, photo, content)
    lead = await world.team_lead()
    visit = part["inspection"]["id"]
    for path in (
        f"{visit}/photos/{new_id()}",
        f"{new_id()}/photos/{photo['id']}",
        f"{visit}/photos/{new_id()}/thumbnail",
    ):
        assert_problem(await lead.get(f"/api/evidence/inspections/{path}"), "not_found")
    signed_out = await world.client().get(f"/api/evidence/inspections/{visit}/photos/{photo['id']}")
    assert_problem(signed_out, "accounts.signed_out")


async def test_an_unfinished_photo_is_not_shown(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    content = scripted_exif()
    photo = photo_ref(content, None)
    made = await phone.announce(part, photo, content)
    await phone.send_piece(made.headers["location"], content[:500], 0)
    lead = await world.team_lead()
    path = f"/api/evidence/inspections/{part['inspection']['id']}/photos/{photo['id']}"
    assert_problem(await lead.get(path), "not_found")
