"""The party's result by its code (R29): for it alone, the same silence for every code that shows nothing."""

import secrets
from datetime import timedelta

import pytest
from sqlalchemy import text

from palmcheck.inspections import party_results
from palmcheck.kernel.canonical import sha256_hex
from palmcheck.kernel.clock import now
from palmcheck.kernel.ids import new_id
from palmcheck.public.party_pdf import font_path
from tests.world.county import World
from tests.world.phone import Json, Phone, instant


def code() -> str:
    return secrets.token_urlsafe(16)


async def submitted(phone: Phone, part: Json, page: str) -> str:
    """Submits a result with a problem and the party's words; answers the verdict."""
    problem = {"id": str(new_id()), "question_key": None, "what": "后厨积水", "handling": "order_to_correct"}
    found = phone.submission(
        part,
        problems=[problem | {"due_on": "2099-12-31", "photo_ids": []}],
        result_code="ordered_to_correct",
        statement="当天下午清理",
        page_code_sha256=sha256_hex(page.encode()),
        party={"kind": "signed", "name": "赵守业", "strokes": [[1, 2, 3, 4]], "signed_at": instant()},
    )
    return str((await phone.push(found))[0]["verdict"])


async def test_the_party_reads_its_result_and_nothing_personal_beyond_its_own_words(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    page, nobody = code(), world.client()
    early, unknown = await nobody.get(f"/p/{page}"), await nobody.get(f"/p/{code()}")
    assert (early.status_code, early.text.replace(page, "")) == (404, unknown.text.replace(unknown.url.path[3:], ""))

    assert await submitted(phone, part, page) == "accepted"
    answer = await nobody.get(f"/p/{page}")

    assert answer.status_code == 200
    for shown in ("发现问题已责令改正", "后厨积水", "2099年12月31日", "当天下午清理", part["officers"][0]["name"],
                  part["inspection"]["target"]["name"], part["officers"][1]["certificate_number"]):  # fmt: skip
        assert shown in answer.text, shown
    assert "赵守业" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "Result of the inspection" in (await nobody.get(f"/p/{page}?lang=en")).text


async def test_a_code_is_over_after_its_days_and_a_disputed_result_shows_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    first, second, nobody = code(), code(), world.client()
    assert await submitted(phone, part, first) == "accepted"
    assert await submitted(phone, part, second) == "accepted_into_dispute"
    assert (await nobody.get(f"/p/{second}")).status_code == 404

    for days, status in ((89, 200), (91, 404)):
        monkeypatch.setattr(party_results, "now", lambda days=days: now() + timedelta(days=days))
        assert (await nobody.get(f"/p/{first}")).status_code == status
    for odd in ("x", "..%2f", "a" * 500, "%00"):
        assert (await nobody.get(f"/p/{odd}")).status_code in {400, 404}
    async with world.database.reading() as session:
        kept = await session.scalar(
            text("select count(*) from submission where body::text like :c"), {"c": f"%{first}%"}
        )
    assert kept == 0  # the server has the hash alone


async def test_many_reads_from_one_address_are_slowed(world: World) -> None:
    nobody = world.client()
    answers = [(await nobody.get(f"/p/{code()}")).status_code for _ in range(70)]
    assert answers[0] == 404
    assert answers[-1] == 429


@pytest.mark.skipif(font_path() is None, reason="no font for Chinese on this machine")
async def test_the_same_as_paper_with_its_font_inside(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    page = code()
    await submitted(phone, part, page)

    answer = await world.client().get(f"/p/{page}/pdf")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert b"/FontFile" in answer.content
    assert len(answer.content) < 200_000
