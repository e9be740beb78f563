"""What becomes of a photo on the phone: it stands upright, other files are refused, marks go on a copy."""

import struct
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, Playwright, expect

from palmcheck.kernel.clock import law_date, now
from tests.e2e import desk, field
from tests.e2e.browser import DESK, PHONE, open_browser
from tests.e2e.people import issued_visits, login_of, signed_in
from tests.e2e.photos import take_photo
from tests.e2e.running_system import RunningSystem
from tests.e2e.test_lost_answers import draw_by_api
from tests.e2e.test_not_inspected import cannot, shot, sign_and_submit

pytestmark = pytest.mark.e2e
HELD_UPRIGHT = 6
"""The EXIF orientation of a phone that is held upright: turn by a quarter to the right."""


async def test_marks_go_on_a_copy_and_other_files_are_refused(
    system: RunningSystem, playwright: Playwright, tmp_path: Path
) -> None:
    await draw_by_api(system)
    visit = (await issued_visits(system))[0]
    phone = await open_browser(playwright, tmp_path / "phone", PHONE)
    page = await phone.new_page()
    await field.enrol_and_sign_in(
        page, f"http://127.0.0.1:{system.port}", login_of(system, "inspector", visit["market_lead"])
    )
    upright = await take_photo(page, tmp_path / "door.jpg")
    upright.write_bytes(turned(upright.read_bytes()))
    await cannot(page, visit["id"], "closed")

    await other_files_are_refused(page, tmp_path)
    await page.context.set_offline(True)
    await page.get_by_test_id("photo-input").set_input_files(upright)
    await expect(page.get_by_test_id("thumbs").locator("img")).to_have_count(1)
    await draw(page)
    await page.context.set_offline(False)
    await shot(page, "marked")

    await page.get_by_test_id("outcome-note").fill("卷帘门紧闭。")
    await page.get_by_test_id("outcome-next").click()
    await sign_and_submit(page, "photos")
    async with signed_in(system, "team_lead") as lead:
        await arrived(lead, visit["id"])
    office = await open_browser(playwright, tmp_path / "desk", DESK)
    await a_print_copy_names_time_place_and_task(await office.new_page(), system, visit)


async def other_files_are_refused(page: Page, folder: Path) -> None:
    """Each with its own sentence, and nothing kept."""
    heic, text, empty = folder / "door.heic", folder / "door.jpg.txt", folder / "empty.jpg"
    heic.write_bytes(b"\0\0\0\x18ftypheic" + bytes(200))
    text.write_text("not a picture")
    empty.touch()
    for file, says in ((heic, "兼容性最佳"), (text, "这不是照片"), (empty, "空的")):
        await page.get_by_test_id("photo-input").set_input_files(file)
        await expect(page.get_by_text(says)).to_be_visible()
    await expect(page.get_by_test_id("thumbs").locator("img")).to_have_count(0)


async def draw(page: Page) -> None:
    """An arrow by finger, a blur by keyboard, a circle that is taken back; then the copy stands beside its photo."""
    await page.get_by_test_id("annotate-open").click()
    stage = page.get_by_test_id("annotate-stage")
    await expect(stage).to_be_visible()
    box = await stage.bounding_box()
    assert box
    assert box["height"] > box["width"], "the photo was taken upright"
    await page.mouse.move(box["x"] + 40, box["y"] + 60)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 120, box["y"] + 140, steps=4)
    await page.mouse.up()
    await page.get_by_test_id("annotate-blur").click()
    await page.get_by_test_id("annotate-place").click()
    for key in ("ArrowDown", "ArrowDown", "Shift+ArrowRight"):
        await page.keyboard.press(key)
    await page.get_by_test_id("annotate-circle").click()
    await page.get_by_test_id("annotate-place").click()
    await page.get_by_test_id("annotate-undo").click()
    await expect(page.get_by_test_id("annotate-redo")).to_be_enabled()
    await expect(page.get_by_role("status").filter(has_text="2")).to_have_count(1)
    await shot(page, "annotate")
    await page.get_by_test_id("annotate-done").click()
    await expect(page.get_by_test_id("annotate")).to_have_count(0)
    await expect(page.get_by_test_id("thumbs").locator("img")).to_have_count(2)


async def arrived(lead: httpx.AsyncClient, inspection: str) -> None:
    """Both photos are in, upright and as large as agreed; nothing of the camera's file came along."""
    parts = (await lead.get(f"/api/inspections/{inspection}")).json()["parts"]
    submission: dict[str, Any] = next(part["submission"] for part in parts if part["submission"])
    photo, copy = submission["body"]["photos"]
    assert set(submission["photos_arrived"]) == {photo["id"], copy["id"]}
    assert (copy["annotates"], photo.get("annotates")) == (photo["id"], None)
    assert {(each["width"], each["height"]) for each in (photo, copy)} == {(1200, 1600)}
    assert photo["sha256"] != copy["sha256"]
    content = (await lead.get(f"/api/evidence/inspections/{inspection}/photos/{photo['id']}")).content
    assert content.startswith(b"\xff\xd8")
    assert b"Exif" not in content


async def a_print_copy_names_time_place_and_task(page: Page, system: RunningSystem, visit: dict[str, Any]) -> None:
    """On the sheet under the picture; only the sheet is printed."""
    home = f"http://127.0.0.1:{system.port}"
    await desk.sign_in(page, home, login_of(system, "team_lead"))
    await page.goto(f"{home}/console/inspections/{visit['id']}")
    await page.get_by_test_id("photo-print-open").last.click()
    sheet = page.get_by_test_id("photo-print")
    await expect(sheet).to_contain_text("标注副本")
    await expect(sheet).to_contain_text(f"{law_date(now()).year}年")
    await expect(sheet).to_contain_text(visit["target"]["name"])
    await expect(sheet).to_contain_text(visit["target"]["address"])
    await shot(page, "print-copy")
    await page.emulate_media(media="print")
    await expect(page.get_by_test_id("photo-print-now")).to_be_hidden()
    await expect(sheet.locator("img")).to_be_visible()
    await shot(page, "printed")


def turned(jpeg: bytes) -> bytes:
    """The JPEG with an EXIF block that says how the phone was held."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, HELD_UPRIGHT, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    exif = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]
