"""A clerk's morning with the registry: a list from another system, its bad rows, a duplicate, tags, history."""

import csv
import io
from pathlib import Path

import pytest
from playwright.async_api import Page, Playwright, expect
from stdnum.cn import uscc

from tests.e2e import desk
from tests.e2e.browser import DESK, open_browser
from tests.e2e.people import login_of
from tests.e2e.running_system import RunningSystem

pytestmark = pytest.mark.e2e
HEADER = ("企业名称", "主体类型", "统一社会信用代码", "住所", "行业代码", "信用风险分类")


def code(number: int, prefix: str = "91") -> str:
    """A valid credit code."""
    body = f"{prefix}510198MB{number:07d}"
    return str(body + uscc.calc_check_digit(body))


def listed(rows: list[tuple[str, ...]]) -> bytes:
    """The list as the other system writes it: CSV in GBK."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADER, *rows])
    return out.getvalue().encode("gbk")


def rows(*, mended: bool) -> list[tuple[str, ...]]:
    """Three hundred shops; three rows are bad until they are mended, and one shop stands there twice over."""
    good = [
        (f"锦绣{number}号商行", "个体工商户", code(number, "92"), f"文昌街{number}号", "5211", "B")
        for number in range(297)
    ]
    twin = ("锦绣0号商行", "企业", code(0), "文昌街0号", "5211", "B")
    slips: list[tuple[str, ...]] = [
        ("锦绣风味食品厂", "企业", code(900), "学府路1号", "1411", "C"),
        ("锦绣茶楼", "企业", code(901), "学府路2号", "6232", "A"),
    ]
    if not mended:
        slips = [(*row[:2], f"{row[2][:-1]}?", *row[3:]) for row in slips]
    return [*good, twin, *slips]


async def test_a_clerk_imports_mends_searches_merges_undoes_and_tags(
    system: RunningSystem, playwright: Playwright, tmp_path: Path
) -> None:
    browser = await open_browser(playwright, tmp_path / "desk", DESK)
    page = await browser.new_page()
    await desk.sign_in(page, f"http://127.0.0.1:{system.port}", login_of(system, "department_administrator"))
    console = page.url.split("/console")[0] + "/console"
    await the_list_goes_in(page, console)
    await it_is_found(page, console)
    await a_duplicate_is_merged_and_parted(page, console)
    await all_that_is_found_is_tagged(page, console)
    await browser.close()


async def the_list_goes_in(page: Page, console: str) -> None:
    """Bad rows are told and downloaded; mended, only they are new; a reload finds the same import again."""
    await page.goto(f"{console}/registry/targets/import")
    await send(page, rows(mended=False), {"new": 298, "bad": 2})
    await page.reload()
    await expect(page.get_by_test_id("fault-row")).to_have_count(2)
    async with page.expect_download() as download:
        await page.get_by_test_id("faults-download-csv").click()
    report = (await (await download.value).path()).read_text("utf-8-sig")
    assert [line.split(",")[0] for line in report.splitlines()] == ["行号", "300", "301"]
    assert report.splitlines()[1].endswith("credit_code")
    await send(page, rows(mended=True), {"new": 2, "changed": 0, "unchanged": 298, "bad": 0})
    await send(page, rows(mended=True), {"new": 0, "changed": 0, "unchanged": 300, "bad": 0})


async def send(page: Page, table: list[tuple[str, ...]], counts: dict[str, int]) -> None:
    """Chooses the file and waits until the import that follows says so."""
    before = page.url
    file = {"name": "名录.csv", "mimeType": "text/csv", "buffer": listed(table)}
    await page.get_by_test_id("import-file").set_input_files(file)  # type: ignore[arg-type]
    await page.wait_for_url(lambda url: "id=" in url and url != before)
    await expect(page.locator("[data-testid=import-result][data-state=done]")).to_be_visible()
    for name, count in counts.items():
        await expect(page.get_by_test_id(f"count-{name}").locator("dd")).to_have_text(str(count))


async def it_is_found(page: Page, console: str) -> None:
    """By two characters, by pinyin initials, by the start of a code; the address can be shared."""
    for words in ("茶楼", "jxcl", code(901)[:17]):
        await page.goto(f"{console}/registry/targets")
        await page.get_by_test_id("list-search").fill(words)
        await expect(page.get_by_test_id("list-row")).to_have_count(1)
        await expect(page.get_by_test_id("list-row")).to_contain_text("锦绣茶楼")
    await page.reload()
    await expect(page.get_by_test_id("list-row")).to_have_count(1)


async def a_duplicate_is_merged_and_parted(page: Page, console: str) -> None:
    """Merged with a reason, undone at once; merged again, and undone from the target's own page."""
    await page.goto(f"{console}/registry/targets/duplicates")
    group = page.get_by_test_id("duplicate-group").filter(has_text="锦绣0号商行")
    await group.get_by_test_id("merge-reason").fill("同一家店，换照前后各登记一次")
    await group.get_by_test_id("merge").click()
    await expect(group).to_have_count(0)
    await page.get_by_test_id("merge-undo").click()
    await expect(group).to_have_count(1)
    await group.get_by_test_id("merge-reason").fill("同一家店")
    await group.get_by_test_id("merge").click()
    await expect(group).to_have_count(0)
    await page.goto(f"{console}/registry/targets?q=锦绣0号")
    await expect(page.get_by_test_id("list-row")).to_have_count(1)
    await page.locator("[data-testid=list-row] .row-link").click()
    standing = page.get_by_test_id("merge").filter(has_text="同一家店", has_not=page.get_by_test_id("merge-undone"))
    await standing.locator("summary").click()
    await standing.get_by_test_id("merge-undo-reason").fill("核实为两家")
    await standing.get_by_test_id("merge-undo").click()
    await expect(page.get_by_test_id("merge-undone")).to_have_count(2)


async def all_that_is_found_is_tagged(page: Page, console: str) -> None:
    """Every shop gets a tag by one action, and the page of one shows it."""
    await page.goto(f"{console}/registry/targets?q=锦绣&status=operating")
    await page.locator("section[aria-label] summary").first.click()
    await page.get_by_test_id("tagging-word").fill("年报抽查")
    await page.get_by_test_id("tagging-add").click()
    await expect(page.get_by_test_id("tagging-done")).to_contain_text("300")
    await expect(page.get_by_test_id("list-row").first).to_contain_text("年报抽查")
    await page.locator("[data-testid=list-row] .row-link").first.click()
    await expect(page.get_by_test_id("tagging")).to_contain_text("年报抽查")
    await page.go_back()
    await expect(page.get_by_test_id("list-row").first).to_contain_text("年报抽查")
