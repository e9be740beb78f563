"""The working-day table through the API: reading, changing, importing, refusing."""

import asyncio
import io
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
import xlsxwriter

from palmcheck.jurisdictions import service
from palmcheck.jurisdictions.working_days import add_working_days
from tests.world.county import World, assert_problem

DAYS = "/api/jurisdictions/working-days"


async def office(world: World) -> httpx.AsyncClient:
    return await world.sign_in(world.login("joint_office"))


async def change(
    client: httpx.AsyncClient, days: dict[str, bool], version: int = 1, reason: str = "县政府通知"
) -> httpx.Response:
    changes = [{"day": day, "is_working": works} for day, works in days.items()]
    return await client.put(DAYS, json={"changes": changes, "reason": reason}, headers={"If-Match": f'"{version}"'})


def whole_year(year: int) -> dict[str, bool]:
    first = date(year, 1, 1)
    days = [first + timedelta(number) for number in range((date(year + 1, 1, 1) - first).days)]
    return {day.isoformat(): day.weekday() < 5 for day in days}


async def test_the_statutory_table_stands_and_the_next_year_is_missing(world: World) -> None:
    client = await office(world)
    year = (await client.get(DAYS, params={"year": 2026})).json()
    assert (len(year["days"]), year["missing"], year["version"]) == (365, False, 1)
    works = {each["day"]: each["is_working"] for each in year["days"]}
    assert (works["2026-10-01"], works["2026-10-10"], works["2026-10-09"]) == (False, True, True)
    later = (await client.get(DAYS, params={"year": 2035})).json()
    assert (later["missing"], later["days"]) == (True, [])


@pytest.mark.parametrize(
    ("start", "due"), [("2026-09-25", "2026-10-29"), ("2026-02-10", "2026-03-16"), ("2026-04-15", "2026-05-15")]
)
async def test_the_fixed_cases_hold_on_the_table_in_the_database(world: World, start: str, due: str) -> None:
    client = await office(world)
    place = (await client.get("/api/accounts/me")).json()["jurisdiction"]["id"]
    async with world.database.reading() as session:
        _, calendar = await service.working_days(session, place, date(2026, 1, 1))
    assert add_working_days(date.fromisoformat(start), 20, calendar) == date.fromisoformat(due)


async def test_a_change_is_a_new_version_and_the_old_one_stays(world: World) -> None:
    client = await office(world)
    answer = await change(client, {"2026-11-25": False, "2026-11-26": True})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["version"], answer.headers["etag"]) == (2, '"2"')
    newest = body["versions"][0]
    # 26 November worked already: only what differs is a change.
    assert newest["changes"] == [{"day": "2026-11-25", "is_working": False}]
    assert (newest["reason"], newest["author_name"]) == ("县政府通知", world.login("joint_office").display_name)
    place = (await client.get("/api/accounts/me")).json()["jurisdiction"]["id"]
    async with world.database.reading() as session:
        _, now = await service.working_days(session, place, date.min)
        _, before = await service.working_days(session, place, date.min, 1)
    assert {day for day in now if now[day] != before[day]} == {date(2026, 11, 25)}


async def test_a_year_enters_whole_or_not_at_all(world: World) -> None:
    client = await office(world)
    year = whole_year(2028)
    broken = {day: works for day, works in year.items() if day != "2028-02-29"}
    problem = assert_problem(await change(client, broken), "jurisdictions.year_incomplete", field="changes")
    assert problem["params"] == {"year": "2028", "lacking": "1", "first": "2028-02-29"}
    assert (await change(client, year)).json()["missing"] is False


async def test_what_makes_no_sense_is_refused(world: World) -> None:
    client = await office(world)
    assert_problem(await change(client, {"2026-11-26": True}), "jurisdictions.nothing_changes")
    assert_problem(await change(client, {"2206-11-26": True}), "jurisdictions.year_out_of_reach")
    assert_problem(await change(client, {"2026-11-25": False}, reason=" "), "jurisdictions.reason_missing")
    assert_problem(await change(client, {"2026-11-25": False}, version=7), "jurisdictions.changed_meanwhile")
    twice = [{"day": "2026-11-25", "is_working": works} for works in (True, False)]
    body = {"changes": twice, "reason": "x"}
    assert_problem(await client.put(DAYS, json=body, headers={"If-Match": '"1"'}), "jurisdictions.day_twice")
    for role in ("auditor", "team_lead"):
        other = await world.sign_in(world.login(role))
        assert_problem(await change(other, {"2026-11-25": False}), "accounts.not_allowed")


async def test_of_two_changes_at_once_one_is_told(world: World) -> None:
    client = await office(world)
    both = await asyncio.gather(change(client, {"2026-11-25": False}), change(client, {"2026-11-26": False}))
    assert sorted(answer.status_code for answer in both) == [200, 412]


def xlsx(rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, shape = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(line, column, cell, shape)
            else:
                sheet.write(line, column, cell)
    book.close()
    return out.getvalue()


FILES = {
    "utf-8 with mark": "\ufeff日期,是否工作日\n2026-11-25,否\n".encode(),
    "gbk": "日期,是否工作日\r\n2026年11月25日,休息\r\n".encode("gbk"),
    "full width, tabs": "２０２６/１１/２５\t０\n".encode(),
    "xlsx": xlsx([["日期", "工作日"], [date(2026, 11, 25), "休"], [date(2026, 11, 26), "班"]]),
    "xlsx with numbers": xlsx([["20261125", 0]]),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
async def test_a_file_says_what_it_would_change(world: World, content: bytes) -> None:
    client = await office(world)
    answer = await client.post(f"{DAYS}/files", content=content)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["changes"] == [{"day": "2026-11-25", "is_working": False}]
    assert (body["faults"], body["version"]) == ([], 1)
    assert (await client.get(DAYS)).json()["version"] == 1


async def test_lines_that_cannot_be_used_are_named(world: World) -> None:
    client = await office(world)
    content = b"date,working\n2026-02-30,1\n2026-11-25,maybe\n2026-11-26\n2026-11-27,0\n2026-11-27,1\n"
    body = (await client.post(f"{DAYS}/files", content=content)).json()
    assert [(each["line"], each["field"], each["rule"]) for each in body["faults"]] == [
        (2, "date", "date"),
        (3, "working", "working"),
        (4, "working", "columns"),
        (6, "date", "twice"),
    ]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\x00\x01\xff\xfe", "日期,工作日\n".encode()])
async def test_what_is_no_table_is_refused(world: World, content: bytes) -> None:
    client = await office(world)
    assert_problem(await client.post(f"{DAYS}/files", content=content), "jurisdictions.calendar_file_unreadable")


async def test_a_file_over_the_limit_is_refused(world: World) -> None:
    client = await office(world)
    assert_problem(await client.post(f"{DAYS}/files", content=b"x" * 1_000_001), "too_large")
