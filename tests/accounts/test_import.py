"""Many accounts by one spreadsheet: good rows in, bad ones reported, nothing half in."""

import io
import zipfile
from collections.abc import Sequence

import httpx
import python_calamine
import xlsxwriter

from palmcheck.accounts.account_sheets import COLUMNS, EXAMPLE
from palmcheck.kernel.ids import new_id
from tests.accounts.people import USERS, Person, Region
from tests.world.county import assert_problem

IMPORTS = "/api/accounts/imports"
MARKET = "市场监督管理局"


def xlsx(*rows: Sequence[object], head: Sequence[str] = COLUMNS, above: int = 0) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at in range(above):
            sheet.write(at, 0, "临江县账号申请表")
        for at, row in enumerate([head, *rows], above):
            sheet.write_row(at, 0, row)
    return out.getvalue()


async def send(person: Person, content: bytes, mode: str = "all", id: str | None = None) -> httpx.Response:
    return await send_as(person.client, content, mode, id)


async def send_as(
    client: httpx.AsyncClient, content: bytes, mode: str = "all", id: str | None = None
) -> httpx.Response:
    return await client.put(
        f"{IMPORTS}/{id or new_id()}", params={"filename": "账号.xlsx", "mode": mode}, content=content,
        headers={"content-type": "application/octet-stream"},
    )  # fmt: skip


async def usernames(person: Person) -> set[str]:
    return {each["username"] for each in (await person.client.get(USERS)).json()["items"]}


async def test_good_rows_become_accounts_that_can_sign_in(region: Region) -> None:
    admin = await region.person("department_administrator")
    content = xlsx(
        ("赵明远", " Zhao.Mingyuan ", MARKET, "执法检查人员"), ("钱伟", "qian.wei", MARKET, "执法检查人员、牵头股室")
    )

    report = (await send(admin, content)).json()

    assert (report["opened"], report["unchanged"], report["bad_rows"]) == (2, 0, [])
    first, second = report["opened_rows"]
    assert (first["line"], first["username"]) == (2, "zhao.mingyuan")
    me = (await region.sign_in(region.client(), "qian.wei", second["one_time_password"])).json()
    assert (me["roles"], me["must_change_password"]) == (["inspector", "team_lead"], True)


async def test_the_same_file_again_changes_nothing_and_the_same_request_answers_the_same(region: Region) -> None:
    admin = await region.person("department_administrator")
    content, id = xlsx(("赵明远", "zhao.mingyuan", MARKET, "inspector")), str(new_id())
    first = (await send(admin, content, id=id)).json()

    repeat, anew = (await send(admin, content, id=id)).json(), (await send(admin, content)).json()
    other = await send(admin, xlsx(("钱伟", "qian.wei", MARKET, "inspector")), id=id)

    assert repeat == first | {"opened_rows": []}
    assert (anew["opened"], anew["unchanged"]) == (0, 1)
    assert_problem(other, "id_reuse")


BAD = (
    ("", "a.b", MARKET, "执法检查人员"),
    ("甲", "张三", MARKET, "执法检查人员"),
    ("乙", "good.name", "教育局", "执法检查人员"),
    ("丙", "good.name2", "卫生健康局", "执法检查人员"),
    ("丁", "good.name3", MARKET, "局长"),
    ("戊", "good.name4", MARKET, "系统管理员"),
    ("己", "fine.name", MARKET, "执法检查人员"),
    ("庚", "fine.name", MARKET, "执法检查人员"),
    ("辛", "taken.name", MARKET, "执法检查人员"),
    ("", "", "", ""),
    ("壬" * 81, "good.name5", MARKET, ""),
)


async def test_each_bad_row_says_line_column_and_rule(region: Region) -> None:
    admin = await region.person("department_administrator")
    await send(admin, xlsx(("已有", "taken.name", MARKET, "执法检查人员")))

    report = (await send(admin, xlsx(*BAD, above=2), "good_rows")).json()

    assert [(row["line"], row["column"], row["rule"]) for row in report["bad_rows"]] == [
        (4, "姓名", "required"),
        (5, "用户名", "username"),
        (6, "部门", "department"),
        (7, "部门", "department_needed"),
        (8, "角色", "role"),
        (9, "角色", "role_not_yours"),
        (11, "用户名", "duplicate"),
        (12, "用户名", "username_taken"),
        (14, "姓名", "too_long"),
        (14, "角色", "required"),
    ]
    assert [row["username"] for row in report["opened_rows"]] == ["fine.name"]


async def test_with_all_one_bad_row_keeps_every_row_out(region: Region) -> None:
    admin = await region.person("department_administrator")

    report = (await send(admin, xlsx(*BAD), "all")).json()

    assert (report["opened"], report["opened_rows"]) == (0, [])
    assert await usernames(admin) == {admin.username}


async def test_the_bad_rows_can_be_downloaded(region: Region) -> None:
    admin, other = await region.person("department_administrator"), await region.person("joint_office")
    id = str(new_id())
    await send(admin, xlsx(*BAD), id=id)

    answer = await admin.client.get(f"{IMPORTS}/{id}/bad-rows.xlsx")

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == ["行号", "列", "填写内容", "原因"]
    assert rows[1][:3] == ["2", "姓名", ""]
    assert_problem(await other.client.get(f"{IMPORTS}/{id}/bad-rows.xlsx"), "not_found")


async def test_the_template_is_read_as_it_is_given(region: Region) -> None:
    admin = await region.person("joint_office")
    content = (await admin.client.get(f"{USERS}/template.xlsx")).content

    report = (await send(admin, content)).json()

    assert [row["username"] for row in report["opened_rows"]] == [EXAMPLE[1]]


async def test_what_is_no_fitting_spreadsheet_is_refused_with_a_reason(region: Region) -> None:
    admin = await region.person("joint_office")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(65 * 2**20))

    assert_problem(await send(admin, b"name,username"), "accounts.sheet_unreadable", field="file")
    assert_problem(await send(admin, b""), "accounts.sheet_unreadable")
    assert_problem(await send(admin, xlsx(head=("姓名", "用户名"))), "accounts.sheet_columns_missing")
    assert_problem(await send(admin, xlsx(head=("甲", "乙"))), "accounts.sheet_columns_missing")
    assert_problem(await send(admin, bomb.getvalue()), "accounts.sheet_too_long")
    assert_problem(await send(admin, xlsx(*[("甲", "a.b", "", "")] * 2001)), "accounts.sheet_too_long")
    assert_problem(await send(admin, b"x" * (4 * 2**20 + 1)), "too_large", status=413)


async def test_a_formula_is_read_as_its_value_and_a_number_as_text(region: Region) -> None:
    admin = await region.person("joint_office")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        sheet.write_formula(1, 0, '=HYPERLINK("http://x.invalid","赵")', None, "赵明远")
        sheet.write_row(1, 1, (20260001, MARKET, "执法检查人员"))

    report = (await send(admin, out.getvalue())).json()

    assert [(row["display_name"], row["username"]) for row in report["opened_rows"]] == [("赵明远", "20260001")]
