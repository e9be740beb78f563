"""The doctor finds what does not fit, says what to do, and finds nothing where all is well."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from string import Formatter

import asyncpg
import pytest

from palmcheck.app import CHECKS
from palmcheck.kernel import doctor
from palmcheck.kernel.clock import now
from palmcheck.kernel.doctor import Check, Finding, Round, make_round
from palmcheck.kernel.embedded_postgres import EmbeddedPostgres
from tests.world.county import World
from tests.world.phone import CHILL_PHOTO, Json, Phone, photo_ref

ROOT = Path(__file__).parents[2]
SUBMIT = "kind = 'part.submit'"
DAMAGES = {
    "evidence.photo_not_there": ("update upload set state = 'terminated'", "update upload set state = 'complete'"),
    "evidence.photo_not_noticed": (
        "update submission_photo set arrived_at = null",
        "update submission_photo set arrived_at = now()",
    ),
    "evidence.object_missing": ("update upload set length = length + 1", "update upload set length = length - 1"),
    "evidence.object_altered": (
        "update upload set sha256 = reverse(sha256)",
        "update upload set sha256 = reverse(sha256)",
    ),
    "inspections.part_lacks_photo": (
        "update submission_photo set arrived_at = null",
        "update submission_photo set arrived_at = now()",
    ),
    "inspections.part_waits_in_vain": (
        "update inspection_part set state = 'awaiting_photos' where state = 'published'",
        "update inspection_part set state = 'published' where state = 'awaiting_photos'",
    ),
    "field.result_of_rejected_operation": (
        f"update received_operation set verdict = 'rejected' where {SUBMIT}",
        f"update received_operation set verdict = 'accepted' where {SUBMIT}",
    ),
    "field.feed_gap": ("update feed_head set number = number + 1", "update feed_head set number = number - 1"),
    "kernel.trail_broken": (
        "update audit_head set sha256 = reverse(sha256)",
        "update audit_head set sha256 = reverse(sha256)",
    ),
    "publication.record_missing": (
        "update public_record set part_id = uuidv7()",
        "select 1",
    ),
    "field.operation_without_result": (f"update received_operation set id = uuidv7() where {SUBMIT}", "select 1"),
    "inspections.part_without_result": (
        "update inspection_part set submission_id = uuidv7() where state = 'published'",
        "select 1",
    ),
    "metrics.fact_differs": (
        "update part_fact set due_on = due_on + 1",
        "update part_fact set due_on = due_on - 1",
    ),
    "metrics.tally_differs": (
        "update part_tally set count = count + 1",
        "update part_tally set count = count - 1",
    ),
    "metrics.fact_stray": ("update part_fact set part_id = inspection_id where leads", "select 1"),
    "metrics.fact_missing": ("delete from part_fact", "select 1"),
    "kernel.jobs_failed": (
        "insert into pgqueuer (priority, status, entrypoint) values (0, 'failed', 'x')",
        "select 1",
    ),
}
"""Code -> the damage, done behind the app's back, and its mending where a later one needs it."""


async def published(world: World) -> tuple[Phone, Json]:
    """A county with one public result."""
    phone, (part, *_) = await world.phone_with_parts()
    submission = phone.submission(part)
    await phone.push(submission)
    photo = submission["operation"]["body"]["photos"][0]
    assert (await phone.upload(part, photo, CHILL_PHOTO)).status_code == 204
    await world.settle()
    return phone, part


async def codes(world: World, *, deep: bool = True) -> set[str]:
    found = await make_round(world.database, world.app.state.object_store, CHECKS, now(), deep=deep)
    return {each.code for each in found}


async def test_every_damage_is_found_and_a_sound_county_is_healthy(
    world: World, postgres: EmbeddedPostgres, database_name: str
) -> None:
    await published(world)
    assert await codes(world) == set()
    owner = await asyncpg.connect(postgres.url("postgres", database_name))
    await owner.execute("set session_replication_role = replica")
    missed = []
    for code, (damage, mended) in DAMAGES.items():
        await owner.execute(damage)
        missed += [] if code in await codes(world) else [code]
        await owner.execute(mended)
    await owner.close()
    assert missed == []


async def test_what_lies_in_the_store_and_should_not_is_told(world: World) -> None:
    phone, part = await published(world)
    store = world.app.state.object_store

    async def stray() -> AsyncIterator[bytes]:
        yield b"nobody's"

    await store.append("nobody-knows-me", 0, stray())
    orphan = photo_ref(CHILL_PHOTO, None)
    await phone.upload(part, orphan, CHILL_PHOTO)
    assert await codes(world) == {"evidence.object_stray"}
    found = await make_round(world.database, store, CHECKS, now().replace(year=now().year + 1), deep=False)
    assert {each.code for each in found} == {"evidence.object_stray", "evidence.photo_orphaned"}
    assert doctor.faults(found) == 0


async def test_a_check_that_breaks_stops_no_other(world: World) -> None:
    async def breaks(_: Round) -> AsyncIterator[Finding]:
        raise ZeroDivisionError
        yield

    async def finds(_: Round) -> AsyncIterator[Finding]:
        yield Finding("kernel.jobs_failed", {"count": "3"})

    found = await make_round(
        world.database, world.app.state.object_store, [Check("one", breaks), Check("two", finds)], now()
    )
    assert [each.code for each in found] == ["kernel.check_broke", "kernel.jobs_failed"]
    told = doctor.report(found, "en")
    assert "3 jobs failed for good" in told
    assert told.endswith("2 things do not fit.")
    assert json.loads(doctor.as_json(found, "zh-CN"))["faults"] == 2


def test_both_languages_tell_the_same_codes_with_the_same_particulars() -> None:
    chinese, english = doctor.texts("zh-CN"), doctor.texts("en")
    assert list(chinese) == list(english)
    for code in chinese:
        names = [{name for _, name, _, _ in Formatter().parse(each[code]) if name} for each in (chinese, english)]
        assert names[0] == names[1], code
        assert ("|" in chinese[code]) == ("|" in english[code]) == (code not in {"faults", "healthy"})
    named = set(DAMAGES) | {"evidence.object_stray", "evidence.photo_orphaned", "kernel.check_broke"}
    assert named <= set(chinese)


@pytest.mark.parametrize("arguments", [[], ["--json", "--deep"]])
async def test_the_command_answers_by_its_exit_code(
    world: World, database_url: str, tmp_path: Path, arguments: list[str]
) -> None:
    environment = {"PALMCHECK_DATABASE_URL": database_url, "PALMCHECK_DATA": str(tmp_path), "PATH": ""}
    asked = [sys.executable, "-m", "palmcheck", "doctor", "--lang", "en", *arguments]
    run = partial(subprocess.run, capture_output=True, text=True, cwd=ROOT / "backend", env=environment, check=False)
    done = await asyncio.to_thread(run, asked)
    assert (done.returncode, "All is well" in done.stdout or '"faults": 0' in done.stdout) == (0, True), done.stderr
