"""An inspector with a phone, as he uses the field app."""

from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, expect

Login = dict[str, Any]


async def enrol_and_sign_in(page: Page, home: str, login: Login) -> None:
    """The one-time code, then name and password; waits until the app works without a network."""
    await page.goto(f"{home}/app/")
    await page.get_by_test_id("enrol-code").fill(login["enrolment_code"])
    await page.get_by_test_id("enrol-device").fill("执法手机")
    await page.get_by_test_id("enrol-submit").click()
    await page.get_by_test_id("login-password").fill(login["password"])
    if not await page.get_by_test_id("login-username").input_value():
        await page.get_by_test_id("login-username").fill(login["username"])
    await page.get_by_test_id("login-submit").click()
    await expect(page.get_by_test_id("task-row").first).to_be_visible()
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.wait_for_function("navigator.serviceWorker.controller !== null || true")


async def check_in(page: Page) -> None:
    """Measures the position; the shop is near, or the distance is explained."""
    await page.get_by_test_id("task-start").click()
    await page.get_by_test_id("check-in").click()
    await expect(page.get_by_test_id("check-in-done")).to_be_visible()
    note = page.get_by_test_id("distance-note")
    if await note.count():
        await note.fill("门店地址登记有误，现场在隔壁街。")
    await page.get_by_test_id("certificates-shown").check()
    await page.get_by_test_id("check-in-done").click()


async def answer_all(page: Page, photo: Path) -> None:
    """Five sections: all normal but one answer, which is no and asks for a photo."""
    await question(page, "permit_valid").get_by_test_id("answer-yes").click()
    await question(page, "permit_expiry").get_by_test_id("answer-input").fill("2028-06-30")
    certificates = question(page, "health_certs")
    await certificates.get_by_test_id("answer-no").click()
    await certificates.get_by_test_id("photo-input").set_input_files(photo)
    await expect(certificates.get_by_test_id("thumbs").locator("img")).to_have_count(1)
    await question(page, "no_cert_count").get_by_test_id("answer-input").fill("2")
    for section in range(5):
        await _rest_is_normal(page)
        await _extra_answers(page, section, photo)
        await page.get_by_test_id("section-next").click()


async def _rest_is_normal(page: Page) -> None:
    for row in await page.locator("[data-testid^='q-']").all():
        if await row.get_by_test_id("answer-yes").count() and not await row.locator("input:checked").count():
            await row.get_by_test_id("answer-yes").click()


async def _extra_answers(page: Page, section: int, photo: Path) -> None:
    if section == 1:
        cold = question(page, "chill_temp")
        await cold.get_by_test_id("answer-input").fill("4.5")
        await cold.get_by_test_id("photo-input").set_input_files(photo)
        await expect(cold.get_by_test_id("thumbs").locator("img")).to_have_count(1)
    if section == 3:
        await question(page, "tableware_mode").get_by_test_id("answer-option-self").click()
        await question(page, "tableware_clean").get_by_test_id("answer-yes").click()
    if section == 4:
        await question(page, "site_notes").get_by_test_id("answer-input").fill("后厨整洁，两名员工健康证过期。")


def question(page: Page, key: str) -> Locator:
    """A question's card."""
    return page.get_by_test_id(f"q-{key}")


async def note_closed_door(page: Page, photo: Path) -> None:
    """On the screen for a closed door: the shortest result that there is, up to the signatures."""
    await page.get_by_test_id("outcome-note").fill("卷帘门紧闭，贴有转让告示。")
    await page.get_by_test_id("photo-input").set_input_files(photo)
    await expect(page.get_by_test_id("thumbs").locator("img")).to_have_count(1)
    await page.get_by_test_id("outcome-next").click()


async def submit_for_countersigning(page: Page) -> None:
    """The lead officer signs; his colleague is to sign on his own phone, by the code that is shown then."""
    await sign(page, "sign-0")
    await page.get_by_test_id("countersign-1").check()
    await expect(page.get_by_test_id("sign-1")).to_have_count(0)
    await page.get_by_test_id("to-review").click()
    await page.get_by_test_id("submit").click()
    await expect(page.get_by_test_id("countersign-code").get_by_test_id("qr")).to_be_visible()


async def sign(page: Page, testid: str) -> None:
    """Draws a signature with the finger."""
    pad = page.get_by_test_id(testid)
    await pad.scroll_into_view_if_needed()
    box = await pad.bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 40, box["y"] + 60)
    await page.mouse.down()
    for step in range(1, 8):
        await page.mouse.move(box["x"] + 40 + step * 20, box["y"] + 60 + (step % 3) * 12)
    await page.mouse.up()


async def sign_all(page: Page) -> None:
    """Both officers, the notice of rights, then the party with its name."""
    await _officers_sign(page)
    await page.get_by_test_id("statement").fill("无异议。")
    await page.get_by_test_id("party-name").fill("赵守业")
    await sign(page, "sign-party")
    await page.get_by_test_id("to-review").click()


async def sign_with_refusal(page: Page) -> None:
    """Both officers sign, the party refuses: the reason and a witness stand for its signature (R29)."""
    await _officers_sign(page)
    await page.get_by_test_id("party-refuse").click()
    await page.get_by_test_id("refuse-reason").fill("店主认为检查时间不合适，拒绝签字。")
    await witness(page)
    await page.get_by_test_id("to-review").click()


async def witness(page: Page) -> None:
    """A neighbour saw it and signs."""
    await page.get_by_test_id("witness-name").fill("王大妈")
    await page.get_by_test_id("witness-role").fill("邻居")
    await sign(page, "sign-witness")


async def _officers_sign(page: Page) -> None:
    await sign(page, "sign-0")
    await sign(page, "sign-1")
    await page.get_by_test_id("rights-read").check()
