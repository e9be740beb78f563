"""A department's administrator and his people, from a spreadsheet to a transfer, as they live it (R17)."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import BrowserContext, Page, Playwright, expect

from palmcheck.kernel.ids import new_id
from tests.accounts.test_import import xlsx
from tests.e2e import desk
from tests.e2e.browser import DESK, PHONE, open_browser
from tests.e2e.people import MARKET, login_of, signed_in
from tests.e2e.running_system import RunningSystem
from tests.registry.people.staff import INSPECTORS, plain

pytestmark = pytest.mark.e2e
NARROW: Any = {"width": 390, "height": 844}
HEAD = ("姓名", "用户名", "部门", "角色", "执法证号")
OWN_PASSWORD = "山高水长-2026年"


async def test_accounts_by_file_and_singly_a_phone_and_a_transfer(
    system: RunningSystem, playwright: Playwright, tmp_path: Path
) -> None:
    home = f"http://127.0.0.1:{system.port}"
    async with signed_in(system, "department_administrator") as client:
        await _enter_inspector(client, "欧阳知秋", "川A-90001")
        await _enter_inspector(client, "上官明远", "川A-90002")
    office = await open_browser(playwright, tmp_path / "desk", DESK)
    page = await office.new_page()
    await desk.sign_in(page, home, login_of(system, "department_administrator"))

    await the_file_opens_and_links(page, home, tmp_path)
    password = await one_account_is_opened_and_linked(page)
    code = await the_code_is_shown(page)
    phone = await open_browser(playwright, tmp_path / "phone", PHONE)
    mine = await the_inspector_begins(phone, home, code, password)
    await the_transfer_ends_his_rights_at_once(page, mine)
    await phone.close()
    await office.close()


async def _enter_inspector(client: httpx.AsyncClient, name: str, number: str) -> None:
    own = (await client.get("/api/accounts/me")).json()["department"]["id"]
    body = plain(own, name=name, certificate_number=number)
    assert (await client.put(f"{INSPECTORS}/{new_id()}", json=body)).status_code == 200


async def the_file_opens_and_links(page: Page, home: str, tmp_path: Path) -> None:
    """One good row, which names a certificate, and one bad one, which is told and keeps nothing back."""
    file = tmp_path / "accounts.xlsx"
    rows = [("欧阳知秋", "ouyang.zhiqiu", MARKET, "执法检查人员", "川A-90001"), ("无名", "wu.ming", MARKET, "局长", "")]
    file.write_bytes(xlsx(*rows, head=HEAD))
    await page.goto(f"{home}/console/admin/accounts")
    await page.get_by_test_id("account-import").click()
    await page.get_by_test_id("import-file").set_input_files(file)
    await page.get_by_test_id("mode-good").check()
    await page.get_by_test_id("import-send").click()
    await expect(page.get_by_test_id("import-result")).to_be_visible()
    await expect(page.get_by_test_id("bad-row")).to_have_count(1)
    await page.goto(f"{home}/console/admin/accounts?q=ouyang")
    await page.get_by_test_id("list-row").get_by_role("link").click()
    await expect(page.get_by_test_id("account-inspector")).to_contain_text("欧阳知秋")


async def one_account_is_opened_and_linked(page: Page) -> str:
    """By the form, at the width of a phone; answers the one-time password."""
    await page.set_viewport_size(NARROW)
    await page.goto(f"{page.url.split('/console')[0]}/console/admin/accounts/new")
    await page.get_by_test_id("account-name").fill("上官明远")
    await page.get_by_test_id("inspector-picker").fill("上官")
    await page.get_by_test_id("inspector-option").click()
    await expect(page.get_by_test_id("inspector-chosen")).to_contain_text("川A-90002")
    await page.get_by_test_id("account-username").fill("shangguan.mingyuan")
    await page.get_by_test_id("account-save").click()
    password = await page.get_by_test_id("one-time-password").inner_text()
    await page.get_by_test_id("to-account").click()
    await expect(page.get_by_test_id("account-inspector")).to_contain_text("上官明远")
    await page.set_viewport_size(DESK["viewport"])
    return password


async def the_code_is_shown(page: Page) -> str:
    """As a picture to scan, and as text."""
    await page.get_by_test_id("enrol-qr").click()
    await expect(page.get_by_test_id("qr")).to_be_visible()
    return await page.get_by_test_id("enrolment-code").inner_text()


async def the_inspector_begins(phone: BrowserContext, home: str, code: str, password: str) -> Page:
    """Enrols, signs in with the one-time password, chooses his own, and the phone works."""
    page = await phone.new_page()
    await page.goto(f"{home}/app/")
    await page.get_by_test_id("enrol-code").fill(code)
    await page.get_by_test_id("enrol-device").fill("执法手机")
    await page.get_by_test_id("enrol-submit").click()
    await page.get_by_test_id("login-password").fill(password)
    await page.get_by_test_id("login-submit").click()
    await page.get_by_test_id("password-new").fill("password12")
    await page.get_by_test_id("password-save").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await page.get_by_test_id("password-new").fill(OWN_PASSWORD)
    async with page.expect_response(lambda answer: "/api/field/changes" in answer.url and answer.ok):
        await page.get_by_test_id("password-save").click()
    await expect(page.get_by_test_id("password-save")).to_have_count(0)
    return page


async def the_transfer_ends_his_rights_at_once(page: Page, mine: Page) -> None:
    """A second look, the notice with undo, the history; and the phone is out with its next request."""
    await page.get_by_test_id("transfer").click()
    await page.get_by_test_id("reason").fill("调往县发改局")
    await page.get_by_test_id("confirm").click()
    await expect(page.get_by_test_id("ended-notice")).to_be_visible()
    await expect(page.get_by_test_id("history-entry").first).to_contain_text("调往县发改局")

    await mine.reload()
    await expect(mine.get_by_role("link", name="去登录")).to_be_visible()
    answer = await mine.evaluate("fetch('/api/field/changes').then((answer) => answer.status)")
    assert answer == 401

    await page.get_by_test_id("undo-end").click()
    await expect(page.get_by_test_id("one-time-password")).to_be_visible()
    await expect(page.get_by_test_id("account-status")).to_contain_text("在用")
    assert await mine.evaluate("fetch('/api/field/changes').then((answer) => answer.status)") == 401
