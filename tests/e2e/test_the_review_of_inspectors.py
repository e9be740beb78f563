"""Inspectors from a spreadsheet to the draw and out of it, as a department and its reviewer live it (S1 一(四), R2)."""

from pathlib import Path

import pytest
from playwright.async_api import Page, Playwright, expect

from tests.accounts.test_import import xlsx
from tests.e2e import desk
from tests.e2e.browser import DESK, open_browser
from tests.e2e.people import login_of
from tests.e2e.running_system import RunningSystem

pytestmark = pytest.mark.e2e
PLACE = "/console/registry/inspectors"
HEAD = ("姓名", "人员类别", "执法证号", "证件有效期至", "所在机构")
ROWS = [
    ("欧阳知秋", "执法公务员", "川A-91001", "2031-12-31", "餐饮监管股"),
    ("上官明远", "局长", "川A-91002", "2031-12-31", "餐饮监管股"),
]


async def test_imported_edited_reviewed_retired_and_taken_back(
    system: RunningSystem, playwright: Playwright, tmp_path: Path
) -> None:
    home = f"http://127.0.0.1:{system.port}"
    mine = await open_browser(playwright, tmp_path / "department", DESK)
    page = await mine.new_page()
    await desk.sign_in(page, home, login_of(system, "department_administrator"))

    await the_file_enters_the_good_and_tells_the_bad(page, home, tmp_path)
    await the_entered_one_is_edited(page, home)
    theirs = await open_browser(playwright, tmp_path / "office", DESK)
    await the_reviewer_accepts_by_keyboard(await theirs.new_page(), home, system)
    await he_is_drawable_retires_and_comes_back_with_his_review(page)
    await theirs.close()
    await mine.close()


async def the_file_enters_the_good_and_tells_the_bad(page: Page, home: str, tmp_path: Path) -> None:
    """The bad row is told by line, field and rule; it keeps nothing back."""
    file = tmp_path / "inspectors.xlsx"
    file.write_bytes(xlsx(*ROWS, head=HEAD))
    await page.goto(f"{home}{PLACE}/import")
    await page.get_by_test_id("import-file").set_input_files(file)
    await expect(page.get_by_test_id("import-result")).to_have_attribute("data-state", "done")
    await expect(page.get_by_test_id("count-new")).to_contain_text("1")
    await expect(page.get_by_test_id("fault-row").get_by_role("cell")).to_have_text(
        ["3", "人员类别", "填写的内容不在可填范围内，请对照模板。", "局长"]
    )


async def the_entered_one_is_edited(page: Page, home: str) -> None:
    """He waits for review, the page says why by its rule, and his name is put right."""
    await page.goto(f"{home}{PLACE}?q=川A-91001")
    await page.get_by_test_id("list-row").get_by_role("link").click()
    await expect(page.get_by_test_id("why-not-drawn")).to_contain_text("R2")
    await page.get_by_test_id("inspector-edit").click()
    await page.get_by_test_id("field-name").fill("欧阳知夏")
    await page.get_by_test_id("inspector-save").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("欧阳知夏")


async def the_reviewer_accepts_by_keyboard(page: Page, home: str, system: RunningSystem) -> None:
    """Down to the row, on to the document's number, return: no mouse."""
    await desk.sign_in(page, home, login_of(system, "joint_office"))
    await page.goto(f"{home}{PLACE}/review")
    row = page.get_by_test_id("to-review-row").filter(has_text="欧阳知夏")
    await expect(row.get_by_test_id("review-change").filter(has_text="川A-91001")).to_be_visible()
    before = await page.get_by_test_id("to-review-row").count()
    for _ in range(before):
        await page.keyboard.press("j")
        if await row.evaluate("row => row === document.activeElement"):
            break
    await page.keyboard.press("a")
    await page.keyboard.type("临司审〔2026〕9号")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("reviews-decided")).to_be_visible()
    await expect(page.get_by_test_id("to-review-row")).to_have_count(before - 1)
    await expect(row).to_have_count(0)


async def he_is_drawable_retires_and_comes_back_with_his_review(page: Page) -> None:
    """What is retired by a slip is drawable again at once when it is taken back."""
    await page.reload()
    await expect(page.get_by_test_id("drawable")).to_have_text("可以抽取")
    await page.get_by_text("调离或退休").click()
    await page.get_by_test_id("service-how").select_option("retire")
    await page.get_by_test_id("service-reason").fill("到龄退休")
    await page.get_by_test_id("service-end").click()
    await expect(page.get_by_test_id("drawable")).to_have_text("已离岗")
    await page.get_by_test_id("service-undo").click()
    await expect(page.get_by_test_id("drawable")).to_have_text("可以抽取")
    await expect(page.get_by_test_id("service-ended")).to_have_count(0)
