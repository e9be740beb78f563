"""Targets from a file: good rows in, bad ones told, nothing half in, the same file again changes nothing."""

import io
from pathlib import Path
from typing import Any

import httpx
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from stdnum.cn import uscc

from palmcheck.kernel.grams import searchable
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.trail import AuditEvent
from palmcheck.registry.importing.columns import HEADERS, read_header
from palmcheck.registry.importing.models import TargetImportChunk
from palmcheck.registry.importing.values import CODE_LETTERS, is_credit_code
from palmcheck.registry.models import Target
from tests.registry.desks import desk
from tests.registry.hostile.files import BUILDERS, HEADER, code, row, table
from tests.world.county import Json, World, assert_problem

IMPORTS = "/api/registry/imports"
COUNTS = ("new", "changed", "unchanged", "gone", "bad")


async def send(client: httpx.AsyncClient, content: str | bytes, id: object = None, **query: str) -> httpx.Response:
    """Sends a file; nothing has read it yet."""
    body = content.encode() if isinstance(content, str) else content
    return await client.put(f"{IMPORTS}/{id or new_id()}", params={"filename": "名录.csv", **query}, content=body)


async def imported(world: World, client: httpx.AsyncClient, content: str | bytes, **query: str) -> Json:
    """What became of a file."""
    sent = await send(client, content, **query)
    assert sent.status_code == 200, sent.text
    await world.settle()
    answer = await client.get(f"{IMPORTS}/{sent.json()['id']}")
    body: Json = answer.json()
    return body


def counts(view: Json) -> dict[str, int]:
    assert view["state"] == "done", view
    return {name: view[name] for name in COUNTS if view[name]}


async def target(world: World, **by: Any) -> Target | None:
    async with world.database.reading() as session:
        found = (await session.scalars(select(Target).filter_by(**by))).all()
    assert len(found) < 2
    return found[0] if found else None


async def test_good_rows_go_in_and_the_same_file_again_changes_nothing(world: World) -> None:
    office = await desk(world, "joint_office")
    file = table([row(1), row(2, 统一社会信用代码=""), row(3, 信用风险分类="E")])

    first, again = await imported(world, office, file), await imported(world, office, file)

    assert counts(first) == {"new": 2, "bad": 1}
    assert counts(again) == {"unchanged": 2, "bad": 1}
    kept = await target(world, credit_code=code(1))
    assert kept is not None
    found_by = searchable("临江县第1饭店", code(1))
    assert (kept.grams, kept.search_text, kept.pinyin) == (found_by.grams, found_by.text, found_by.pinyin)
    assert (kept.kind, kept.status, kept.industry_code, kept.credit_risk_class) == (
        "enterprise", "operating", "6210", "B",
    )  # fmt: skip


async def test_what_changed_in_the_file_changes_and_what_it_does_not_say_stays(world: World) -> None:
    office = await desk(world, "joint_office")
    await imported(world, office, table([[*row(1), "赵守业"], [*row(2), "钱青禾"]], (*HEADER, "法定代表人")))
    before = await target(world, credit_code=code(1))

    view = await imported(world, office, table([row(1, 地址="滨江大道1号")]))

    after = await target(world, credit_code=code(1))
    assert counts(view) == {"changed": 1}
    assert before is not None
    assert after is not None
    assert (after.id, after.address, after.legal_representative) == (before.id, "滨江大道1号", "赵守业")


async def test_other_systems_ids_are_kept_and_match(world: World) -> None:
    office = await desk(world, "joint_office")
    header = (*HEADER, "来源系统", "来源编号", "注册号")
    await imported(world, office, table([[*row(1, 统一社会信用代码=""), "省平台", "P-7", "510198000012345"]], header))

    view = await imported(world, office, table([[*row(1, 名称="临江县新名饭店"), "省平台", "P-7", ""]], header))

    kept = await target(world, credit_code=code(1))
    assert counts(view) == {"changed": 1}
    assert kept is not None
    assert (kept.name, kept.external_ids, kept.registration_number) == (
        "临江县新名饭店", {"省平台": "P-7"}, "510198000012345",
    )  # fmt: skip


async def test_replacing_marks_what_the_file_no_longer_names_but_not_rows_with_a_slip(world: World) -> None:
    office = await desk(world, "joint_office")
    await imported(world, office, table([row(1), row(2), row(3)]))

    replaced = await imported(world, office, table([row(1), row(3, 信用风险分类="乙")]), mode="replace")

    states = {number: await target(world, credit_code=code(number)) for number in (1, 2, 3)}
    assert counts(replaced) == {"unchanged": 1, "gone": 1, "bad": 1}
    assert [each.status for each in states.values() if each] == ["operating", "gone", "operating"]
    async with world.database.reading() as session:
        gone = await session.scalar(select(func.count()).select_from(Target).filter_by(status="gone"))
    assert gone == 1  # the county's other targets never came with a file

    back = await imported(world, office, table([row(1), row(2)]))
    assert counts(back) == {"unchanged": 1, "changed": 1}
    assert await target(world, credit_code=code(2), status="operating")


async def test_a_department_adds_its_own_and_leaves_others_alone(world: World) -> None:
    market = await desk(world, "department_administrator")
    health = await desk(world, "department_administrator", "health")
    await imported(world, market, table([row(1)]))

    view = await imported(world, health, table([row(1, 地址="改了"), row(2)]))

    assert counts(view) == {"new": 1, "bad": 1}
    faults = (await health.get(f"{IMPORTS}/{view['id']}/faults")).json()["items"]
    assert [(each["line"], each["rule"]) for each in faults] == [(2, "other_department")]
    kept, new = await target(world, credit_code=code(1)), await target(world, credit_code=code(2))
    assert kept is not None
    assert new is not None
    assert kept.address == "人民路1号"
    assert len(kept.department_ids) == len(new.department_ids) == 1
    assert kept.department_ids != new.department_ids
    assert_problem(await market.get(f"{IMPORTS}/{view['id']}"), "not_found")


async def test_departments_are_named_in_the_file(world: World) -> None:
    office = await desk(world, "joint_office")
    rows = [[*row(1), "市场监督管理局、health"], [*row(2), "气象局"]]

    view = await imported(world, office, table(rows, (*HEADER, "监管部门")))

    kept = await target(world, credit_code=code(1))
    assert counts(view) == {"new": 1, "bad": 1}
    assert kept is not None
    assert len(kept.department_ids) == 2


async def test_the_report_downloads_with_line_column_and_what_to_do(world: World) -> None:
    office = await desk(world, "joint_office")
    view = await imported(world, office, table([row(1, 统一社会信用代码="=1+1"), row(2, 名称="")]))

    answer = await office.get(f"{IMPORTS}/{view['id']}/faults.xlsx")

    sheet = python_calamine.load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = list(sheet.iter_rows())
    assert rows[0] == ["行号", "列", "问题与改法", "原内容", "规则代码"]
    assert [(each[0], each[1], each[3], each[4]) for each in rows[1:]] == [
        (2, "统一社会信用代码", "=1+1", "credit_code"),
        (3, "名称", "", "required"),
    ]
    lines = (await office.get(f"{IMPORTS}/{view['id']}/faults.csv")).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "行号,列,问题与改法,原内容,规则代码"
    assert lines[1].endswith(",'=1+1,credit_code")


async def test_a_refused_file_says_why_and_leaves_the_registry_as_it_was(world: World, tmp_path: Path) -> None:
    office = await desk(world, "joint_office")

    view = await imported(world, office, BUILDERS["old_xls"](tmp_path).read_bytes())

    assert view["state"] == "refused"
    assert view["refusal"]["code"] == "registry.import_old_xls"
    assert "另存为 .xlsx" in view["refusal"]["detail"]
    assert not any(view[name] for name in COUNTS)


async def test_a_file_refused_after_half_of_it_was_read_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await desk(world, "joint_office")
    good = table([row(number) for number in range(1, 12_000)])

    view = await imported(world, office, good.encode() + b"\xff\xff\x81")  # no encoding holds to its end

    assert view["refusal"]["code"] == "registry.import_encoding"
    assert await target(world, credit_code=code(1)) is None


async def test_one_import_leaves_one_entry_with_a_digest_and_no_bytes(world: World) -> None:
    office = await desk(world, "joint_office")
    view = await imported(world, office, table())

    async with world.database.reading() as session:
        entry = await session.scalar(select(AuditEvent).where(AuditEvent.name == "registry.targets_imported"))
        chunks = await session.scalar(select(func.count()).select_from(TargetImportChunk))
    assert entry is not None
    assert (entry.payload["import_id"], entry.payload["new"], len(entry.payload["rows_sha256"])) == (view["id"], 2, 64)
    assert chunks == 0


async def test_a_repeat_answers_the_same_and_other_bytes_are_refused(world: World) -> None:
    office, id = await desk(world, "joint_office"), new_id()
    await send(office, table(), id)
    await world.settle()

    again, other = await send(office, table(), id), await send(office, table([row(9)]), id)

    assert (again.status_code, again.json()["state"], again.json()["new"]) == (200, "done", 2)
    assert_problem(other, "id_reuse")


async def test_who_may_not_import_is_refused_and_nothing_is_nothing(world: World) -> None:
    auditor, office = await desk(world, "auditor"), await desk(world, "joint_office")

    assert_problem(await send(auditor, table()), "accounts.not_allowed")
    assert_problem(await send(office, b""), "registry.import_empty")
    assert_problem(await office.get(f"{IMPORTS}/{new_id()}"), "not_found")


async def test_the_template_is_a_header_that_we_read(world: World) -> None:
    answer = await (await desk(world, "joint_office")).get(f"{IMPORTS}/template.xlsx")

    sheet = python_calamine.load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0)
    header = read_header([str(cell) for cell in next(iter(sheet.iter_rows()))])
    assert header is not None
    assert sorted(header.places) == sorted(HEADERS)
    assert (header.missing, header.repeated, header.ignored) == ((), (), ())


@given(st.text(CODE_LETTERS + "IOZSV 0", min_size=16, max_size=19) | st.integers(0, 9_999_999).map(code))
def test_a_credit_code_checks_out_as_the_standard_library_says(value: str) -> None:
    assert is_credit_code(value) == (uscc.is_valid(value) and len(value) == 18 and " " not in value)
