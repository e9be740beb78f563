"""Inspectors by workbook, in and out."""

import io
from collections.abc import Sequence

import httpx
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from palmcheck.kernel.ids import new_id
from palmcheck.registry.people import importing, staff_sheet
from palmcheck.registry.people.staff_sheet import HEADINGS
from tests.registry.desks import desk
from tests.registry.people.staff import HEALTH, INSPECTORS, entered, home_of, listed
from tests.world.county import Json, World, assert_problem

IMPORTS = f"{INSPECTORS}/imports"
HEAD = list(HEADINGS.values())
GOOD = ["慕容 清", "", "餐饮股", "科员", "执法公务员", "川A001", "2030年1月2日", "", "食品、餐饮；特种设备", "城关"]


def book(*lines: Sequence[object], head: Sequence[str] = HEAD, above: int = 0) -> bytes:
    """A workbook of a clerk."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False}) as made:
        sheet = made.add_worksheet()
        for at, line in enumerate([*[["县局人员表"]] * above, head, *lines]):
            sheet.write_row(at, 0, line)
    return content.getvalue()


async def send(client: httpx.AsyncClient, content: bytes, id: object = None) -> httpx.Response:
    """Sends a file; nothing has read it yet."""
    return await client.put(f"{IMPORTS}/{id or new_id()}", params={"filename": "人员.xlsx"}, content=content)


async def imported(world: World, client: httpx.AsyncClient, content: bytes) -> Json:
    """What became of a file."""
    sent = await send(client, content)
    assert sent.status_code == 200, sent.text
    await world.settle()
    found: Json = (await client.get(f"{IMPORTS}/{sent.json()['id']}")).json()
    return found


async def refused(world: World, client: httpx.AsyncClient, content: bytes, code: str) -> str:
    """Why a file as a whole was refused."""
    view = await imported(world, client, content)
    assert (view["state"], view["refusal"]["code"]) == ("refused", code)
    detail: str = view["refusal"]["detail"]
    return detail


async def told(client: httpx.AsyncClient, view: Json) -> set[tuple[int, str, str]]:
    items = (await client.get(f"{IMPORTS}/{view['id']}/faults")).json()["items"]
    return {(each["line"], each["field"], each["rule"]) for each in items}


async def test_good_rows_are_in_bad_ones_are_told_and_the_same_file_changes_nothing(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    file = book(
        GOOD,
        ["", "", "", "", "保安", "川A002", "明年", "", "", ""],
        ["端木", HEALTH, "", "", "执法公务员", "川A003", "2030-01-02", "", "", ""],
        ["端木", "不存在局", "", "", "执法公务员", "川A004", "2030-01-02", "", "", ""],
        ["重复", "", "", "", "执法公务员", "川Ａ００１", "2030-01-02", "", "", ""],
        ["=1+1", "", "", "", "执法公务员", "川A005", "2030-01-02", "", "", ""],
        above=2,
    )

    first, second = await imported(world, clerk, file), await imported(world, clerk, file)

    assert (first["rows_read"], first["new"], first["bad"]) == (6, 1, 5)
    assert await told(clerk, first) == {
        (5, "name", "required"),
        (5, "staff_kind", "unknown"),
        (5, "certificate_expires_on", "date"),
        (6, "department_id", "not_yours"),
        (7, "department_id", "unknown"),
        (8, "certificate_number", "repeated"),
        (9, "name", "formula"),
    }
    assert (second["new"], second["changed"], second["unchanged"]) == (0, 0, 1)
    found = (await clerk.get(INSPECTORS, params={"q": "慕容"})).json()["items"][0]
    assert (found["certificate_expires_on"], found["review_state"]) == ("2030-01-02", "changed")
    assert found["expertise"] == sorted(["食品", "餐饮", "特种设备"])


async def test_what_is_exported_is_imported_without_a_change(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    await entered(clerk, await home_of(world))
    exported = (await clerk.get(f"{INSPECTORS}/export.xlsx")).content

    report = await imported(world, clerk, exported)

    assert (report["unchanged"], report["changed"], report["bad"]) == (4, 0, 0)


async def test_the_template_is_read_as_it_is(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    template = (await clerk.get(f"{INSPECTORS}/template.xlsx")).content

    assert (await imported(world, clerk, template))["new"] == 1
    assert await listed(clerk, q="张三") == ["张三"]


async def test_a_file_that_is_none_is_refused_and_says_why(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = await desk(world, "department_administrator")
    lacking = book(GOOD[:5], head=HEAD[:5])

    assert_problem(await send(clerk, b""), "registry.import_empty", field="body")
    unreadable = "registry.people_file_unreadable"
    await refused(world, clerk, "姓名,部门".encode("gbk"), unreadable)
    detail = await refused(world, clerk, lacking, "registry.people_file_lacks_columns")
    assert "执法证号、证件有效期至" in detail
    await refused(world, clerk, book(*[GOOD] * 3, above=30), "registry.people_file_lacks_columns")
    monkeypatch.setattr(staff_sheet, "MOST_UNPACKED", 100)
    assert "too_large" in await refused(world, clerk, book(GOOD), unreadable)
    monkeypatch.setattr(importing, "MOST_BYTES", 100)
    assert_problem(await send(clerk, book(GOOD)), "registry.import_too_large", field="body")


async def test_two_far_corners_are_refused_before_they_fill_the_memory(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write(1_048_575, 16_383, "x")

    assert "too_large" in await refused(world, clerk, content.getvalue(), "registry.people_file_unreadable")


async def test_what_looks_like_a_formula_is_exported_as_text(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    await entered(clerk, await home_of(world), name='=HYPERLINK("http://x","y")')

    exported = (await clerk.get(f"{INSPECTORS}/export.xlsx")).content

    rows = CalamineWorkbook.from_filelike(io.BytesIO(exported)).get_sheet_by_index(0).to_python()
    assert '=HYPERLINK("http://x","y")' in [row[0] for row in rows]
