"""The large demonstration on a real PostgreSQL, with few targets: everything that later screens stand on."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import pytest
from msgspec import structs
from sqlalchemy import text

from palmcheck.app import REACTIONS
from palmcheck.demonstration.actors import past_actor
from palmcheck.demonstration.large import Width, load_large_demonstration
from palmcheck.demonstration.loading import ACCOUNTS_FILE
from palmcheck.demonstration.logins import LOGINS, PlacedAccount
from palmcheck.demonstration.places import CITY, LINJIANG
from palmcheck.demonstration.work_today import with_open_visits
from palmcheck.draws import service as draws
from palmcheck.draws.freezing import freeze_draw
from palmcheck.draws.types import FreezeDraw
from palmcheck.kernel import jobs, trail
from palmcheck.kernel.clock import law_date, now, quarter_of
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.embedded_postgres import APP, OWNER, EmbeddedPostgres
from palmcheck.kernel.folder_store import FolderStore
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database
from palmcheck.metrics import service as metrics

TARGETS, SEED = 800, 11
NAME = "palmcheck_large"
ROOT = Path(__file__).parents[2]
KILLED_WITHIN_SECONDS = 120


class Large(NamedTuple):
    database: Database
    folder: Path
    logins: list[PlacedAccount]
    stages: list[str]


@pytest.fixture(scope="module")
async def large(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Large]:
    """A city, two counties with 400 targets each, and their past: begun by a process that was killed, then gone on."""
    admin = await asyncpg.connect(postgres.url("postgres", "postgres"))
    await admin.execute(f"create database {NAME} template palmcheck owner {OWNER}")
    engine = open_engine(postgres.url(APP, NAME))
    folder, stages = tmp_path_factory.mktemp("large"), list[str]()
    database = Database(engine, REACTIONS, FolderStore(folder / "evidence"))
    await begin_and_be_killed(database, postgres.url(APP, NAME), folder)
    logins = await load_large_demonstration(database, folder, Width(TARGETS, SEED), stages.append)
    yield Large(database, folder, logins, stages)
    await engine.dispose()
    await admin.execute(f"drop database {NAME} with (force)")
    await admin.close()


async def begin_and_be_killed(database: Database, url: str, folder: Path) -> None:
    """A loading process that gets SIGKILL once the city is there and the counties are begun."""
    command = [sys.executable, "-m", "tests.demonstration.loading_process", url, str(folder), str(TARGETS), str(SEED)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=os.environ | {"PYTHONPATH": "backend"})
    async with asyncio.timeout(KILLED_WITHIN_SECONDS):
        while not await _is_begun(database):
            assert process.returncode is None
            await asyncio.sleep(0.05)
    await asyncio.sleep(1.5)
    process.kill()
    await process.wait()
    async with database.reading() as session:
        assert await session.scalar(text("select count(distinct jurisdiction_id) from target")) == 1


async def _is_begun(database: Database) -> bool:
    async with database.reading() as session:
        return await session.scalar(text("select 1 from target limit 1")) is not None


async def rows(large: Large, sql: str, **values: Any) -> list[Any]:
    async with large.database.reading() as session:
        return list((await session.execute(text(sql), values)).all())


async def county_of(large: Large) -> Any:
    return (await rows(large, "select id, name from jurisdiction where code = :code", code=LINJIANG.code))[0]


async def test_every_trail_verifies_and_no_job_is_left(large: Large) -> None:
    async with large.database.reading() as session:
        assert await jobs.outstanding(session) == {}
        for (id,) in await rows(large, "select id from jurisdiction"):
            assert await trail.verify(session, id) == []


async def test_a_trail_runs_forward_in_time(large: Large) -> None:
    backwards = await rows(
        large,
        "select * from (select at, lag(at) over (partition by jurisdiction_id order by number) as before "
        "from audit_event) as entry where at < before",
    )
    assert backwards == []


async def test_parts_were_entered_by_phone_and_at_desks_and_some_are_open(large: Large) -> None:
    entries = {
        row.entry: row.n for row in await rows(large, "select entry, count(*) as n from inspection_part group by 1")
    }
    assert entries["mobile"] > entries["desk"] > 0
    assert entries[None] > 0


async def test_what_is_complete_is_public_and_nothing_else_is(large: Large) -> None:
    """Not published means not inspected (R12); the unvisited stay secret (R19)."""
    wrong = await rows(
        large,
        "select p.id from inspection_part p full join public_record r "
        "on r.jurisdiction_id = p.jurisdiction_id and r.part_id = p.id "
        "where (p.state is distinct from 'published') <> (r.id is null)",
    )
    assert wrong == []
    states = {row.state for row in await rows(large, "select distinct state from inspection_part")}
    assert states <= {"issued", "under_way", "awaiting_photos", "published"}
    assert (await rows(large, "select count(*) as n from public_record"))[0].n > 20


async def test_no_result_is_public_before_it_was_formed_or_after_its_last_day(large: Large) -> None:
    wrong = await rows(
        large,
        "select r.id from public_record r join inspection_part p "
        "on p.jurisdiction_id = r.jurisdiction_id and p.id = r.part_id "
        "where r.published_at < p.formed_at or r.published_at::date > r.due_on or r.published_at > now()",
    )
    assert wrong == []


async def test_only_targets_in_operation_were_drawn(large: Large) -> None:
    wrong = await rows(
        large,
        "select t.id from inspection i join target t "
        "on t.jurisdiction_id = i.jurisdiction_id and t.id = i.target_id where t.status <> 'operating'",
    )
    assert wrong == []


async def test_results_name_findings_too(large: Large) -> None:
    found = {row.result_code for row in await rows(large, "select distinct result_code from inspection_part")}
    assert {"no_problem_found", "ordered_to_correct"} <= found


async def test_the_palm_rate_of_the_last_hundred_days_is_not_empty(large: Large) -> None:
    county = await county_of(large)
    today = law_date(now())
    quarters = {quarter_of(today), quarter_of(today - timedelta(days=100))}
    async with large.database.reading() as session:
        whole = [
            (await metrics.detail(session, county.id, "palm_rate", quarter, below=False)).whole
            for quarter in sorted(quarters)
        ]
    done, counted = sum(row.numerator for row in whole), sum(row.denominator for row in whole)
    assert 0.7 * counted < done <= counted


async def test_the_threads_task_comes_first_and_can_be_drawn(large: Large) -> None:
    county = await county_of(large)
    task = (
        await rows(
            large,
            "select id, name, state, lead_department_id from plan_task where jurisdiction_id = :id "
            "order by number limit 1",
            id=county.id,
        )
    )[0]
    assert (task.name, task.state) == ("餐饮服务食品安全部门联合抽查", "published")
    lead, draw_id = past_actor(county.id, task.lead_department_id), new_id()
    async with Database(large.database.engine).unit_of_work() as tx:
        await freeze_draw(tx, lead, draw_id, FreezeDraw(task.id))
        drawn = await draws.run_draw(tx, lead, draw_id)
        assert drawn.shortages == []
        assert (await tx.session.scalar(text("select count(*) from draw_seat where inspector_id is null"))) == 0
        await draws.issue_draw(tx, lead, draw_id)


async def test_the_logins_stand_in_the_file_and_are_read_again(large: Large) -> None:
    assert [each.username for each in large.logins] == [each.username for each in LOGINS]
    assert all((each.enrolment_code is not None) == (each.role == "inspector") for each in large.logins)
    assert (large.folder / ACCOUNTS_FILE).stat().st_mode & 0o077 == 0
    assert await load_large_demonstration(large.database, large.folder) == large.logins


async def test_a_login_says_how_many_visits_its_inspector_leads_and_has_to_make(large: Large) -> None:
    busiest = (
        await rows(
            large,
            "select j.name as place, i.name, count(*) as n from inspection_part p "
            "join part_officer o on o.jurisdiction_id = p.jurisdiction_id and o.part_id = p.id and o.seat = 1 "
            "join inspector i on i.jurisdiction_id = o.jurisdiction_id and i.id = o.inspector_id "
            "join jurisdiction j on j.id = p.jurisdiction_id "
            "where p.state in ('issued', 'under_way') group by 1, 2 order by 3 desc, 1, 2 limit 1",
        )
    )[0]
    login = structs.replace(large.logins[1], jurisdiction=busiest.place, display_name=busiest.name)
    async with large.database.reading() as session:
        [told] = await with_open_visits(session, [login])
    assert told.open_visits == busiest.n > 0


async def test_each_stage_says_one_line_and_an_interruption_is_told(large: Large) -> None:
    told, *stages = [stage for stage in large.stages if stage]
    assert "going on after an interruption" in told
    assert len(stages) == 2


async def test_some_inspectors_have_left_and_were_never_drawn(large: Large) -> None:
    states = {row.status: row.n for row in await rows(large, "select status, count(*) as n from inspector group by 1")}
    assert states["active"] > 250
    assert states["transferred"] > 0
    assert states["retired"] > 0
    drawn = await rows(
        large,
        "select i.id from part_officer o join inspector i "
        "on i.jurisdiction_id = o.jurisdiction_id and i.id = o.inspector_id where i.status <> 'active'",
    )
    assert drawn == []


async def test_every_county_claims_the_citys_items_and_draws_up_its_own(large: Large) -> None:
    listed = await rows(
        large,
        "select j.code, count(*) filter (where is_joint) as n, count(*) as lists, count(upper_item_id) as claimed "
        "from check_item c join jurisdiction j on j.id = c.jurisdiction_id group by 1 order by 1",
    )
    assert [(row.n, row.lists, row.claimed) for row in listed] == [(44, 44, 44), (44, 44, 44), (44, 47, 0)]
    drawn_up = await rows(large, "select state, count(*) as n from implementation_item group by 1")
    assert {row.state for row in drawn_up} == {"drawn_up", "compliant"}
    assert len(await rows(large, "select distinct jurisdiction_id from missing_item where state = 'sent'")) == 2


WAITING = {
    "reviews": "select count(*) from inspector where review_state = 'changed' and jurisdiction_id = :id",
    "corrections": "select count(*) from correction_request where state = 'sent' and jurisdiction_id = :id",
    "experts": "select count(*) from expert where jurisdiction_id = :id",
    "drafts": "select count(*) from checklist_draft where jurisdiction_id = :id",
    "certificates": "select count(*) from inspector where status = 'active' and jurisdiction_id = :id "
    "and certificate_expires_on between current_date and current_date + 60",
    "problems": "select count(*) from follow_up where jurisdiction_id = :id",
    "half_drawn": "select count(*) from plan_task where state in ('frozen', 'drawn') and jurisdiction_id = :id",
    "late_tasks": "select count(*) from plan_task where state = 'published' and planned_draw_on < current_date "
    "and jurisdiction_id = :id",
}


@pytest.mark.parametrize("what", WAITING)
async def test_no_board_of_a_county_is_empty(large: Large, what: str) -> None:
    county = await county_of(large)
    assert (await rows(large, WAITING[what], id=county.id))[0][0] > 0


async def test_the_city_has_targets_people_and_a_plan_of_its_own(large: Large) -> None:
    (city,) = await rows(large, "select id from jurisdiction where code = :code", code=CITY.code)
    for table in ("target", "inspector", "plan_task", "public_record"):
        assert (await rows(large, f"select count(*) from {table} where jurisdiction_id = :id", id=city.id))[0][0] > 0
