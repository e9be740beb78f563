"""With the full registry in hand, every public route is read: nothing of who is not yet public, nothing personal.

Unvisited, unissued and withheld targets are secret (R19); personal data stays inside whoever wrote it where (R18).
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from palmcheck.kernel.embedded_postgres import EmbeddedPostgres
from palmcheck.kernel.ids import new_id
from tests.inspections.entries import enter, entry
from tests.public.every_route import Known, public_routes, read_all
from tests.public.planted import IDENTITY, NAME, PHONE, PLANTED, plant_people
from tests.world.county import World
from tests.world.phone import CHILL_PHOTO, STROKES, Json, instant

MARKET = "市场监督管理局"
FOR_A_HOLDER = {"/p/{code:str}", "/p/{code:str}/pdf", "/s/{code:str}"}
"""Made-up codes open nothing there; a real one is its holder's alone (R25, R29)."""
NOT_A_PAGE = {"/{path:path}"}
PERSON = f"{NAME}，电话{PHONE}，身份证{IDENTITY}"
SECRET_TASK = "对{}的举报核查"
SPECIAL = """
with task as (insert into plan_task select (t).* from (select jsonb_populate_record(null::plan_task, to_jsonb(p)
  || jsonb_build_object('id', uuidv7(), 'kind', 'special', 'name', $1::text, 'number', 'ZX-1')) t
  from plan_task p limit 1) x returning id)
update inspection set plan_task_id = (select id from task), due_on = '2020-01-01' where target_id = $2::uuid
"""


@dataclass
class Scene:
    """One target public, the others in every state that is not."""

    public: str
    secret: dict[str, Json]
    url: str


async def visited(world: World) -> str:
    """A visit by phone that leaves a person in every text that the phone sends; answers its inspection, now public."""
    phone, (part, *_) = await world.phone_with_parts()
    problem = {"id": str(new_id()), "question_key": None, "what": PERSON, "handling": "case", "due_on": None}
    finding = {"id": str(new_id()), "expert_id": None, "expert_name": NAME, "question_key": None, "text": PERSON}
    witness = {"name": NAME, "role": PERSON, "strokes": STROKES, "signed_at": instant()}
    told = phone.submission(
        part,
        statement=PERSON,
        result_code="awaiting_follow_up",
        problems=[problem | {"photo_ids": []}],
        expert_findings=[finding | {"photo_ids": []}],
        party={"kind": "refused", "reason": PERSON, "refused_at": instant(), "witness": witness},
    )
    for answer in told["operation"]["body"]["answers"].values():
        if answer["value"] == "正常":
            answer["value"] = PERSON
    told["signature"] = phone.sign(told["operation"])
    verdicts = await phone.push(phone.check_in(part), told)
    assert [each["verdict"] for each in verdicts] == ["accepted", "accepted"], verdicts
    for photo in told["operation"]["body"]["photos"]:
        assert (await phone.upload(part, photo, CHILL_PHOTO)).status_code == 204
    await world.settle()
    return str(part["inspection"]["id"])


async def more_parts(world: World, but: str, count: int) -> list[tuple[httpx.AsyncClient, Json, Json]]:
    """So many parts of other visits, each with an officer of it at a desk."""
    found: dict[str, tuple[httpx.AsyncClient, Json, Json]] = {}
    for login in world.logins:
        if login.role != "inspector" or login.department != MARKET or len(found) >= count:
            continue
        desk = await world.sign_in(login)
        me = (await desk.get("/api/accounts/me")).json()["inspector_id"]
        for item in (await desk.get("/api/inspections")).json()["items"]:
            for part in item["parts"]:
                if item["id"] != but and any(each["inspector_id"] == me for each in part["officers"]):
                    detail = (await desk.get(f"/api/inspections/{item['id']}")).json()
                    form = next(p["checklist"] for p in detail["parts"] if p["part"]["id"] == part["id"])
                    found.setdefault(item["id"], (desk, item, part | {"checklist": form}))
    return list(found.values())[:count]


async def withhold(world: World, part: Json) -> None:
    """Two persons keep it from the public; what they write is for colleagues."""
    path = f"/api/publication/withholdings/{new_id()}"
    lead, administrator = await world.team_lead(), await world.sign_in(world.login("department_administrator", MARKET))
    body = {"part_id": part["id"], "ground": "personal_privacy", "note": PERSON}
    assert (await lead.put(path, json=body)).status_code == 200
    decided = await administrator.put(f"{path}/decision", json={"verdict": "confirmed", "because": PERSON})
    assert decided.status_code == 200, decided.text


async def enter_at_desk(world: World, desk: httpx.AsyncClient, item: Json, part: Json) -> None:
    answer = await enter(desk, part, entry(item, part, desk_reason=PERSON))
    assert answer.status_code == 200, answer.text
    await world.settle()


async def show_a_photo(world: World, inspection_id: str) -> None:
    """One person blurs a photo of the public result, another releases it."""
    path = f"/api/publication/photos/{new_id()}"
    lead, administrator = await world.team_lead(), await world.sign_in(world.login("department_administrator", MARKET))
    rows = (await lead.get("/api/publication/records", params={"stage": "published"})).json()["items"]
    part_id = next(row["part_id"] for row in rows if row["inspection_id"] == inspection_id)
    photo = (await lead.get(f"/api/publication/records/{part_id}")).json()["result_photos"][0]
    place = {"left": 0, "top": 0, "width": 10_000, "height": 10_000}
    made = await lead.put(path, json={"part_id": part_id, "photo_id": photo, "places": [place]})
    assert made.status_code == 200, made.text
    released = await administrator.put(f"{path}/decision", json={"verdict": "confirmed", "because": PERSON})
    assert released.status_code == 200, released.text


@pytest.fixture
async def scene(world: World, postgres: EmbeddedPostgres, database_name: str) -> Scene:
    """One public; one withheld, one withdrawn, one under a special check, the rest drawn or never drawn."""
    published = await visited(world)
    await show_a_photo(world, published)
    withheld, withdrawn, special = await more_parts(world, published, 3)
    url = postgres.url("postgres", database_name)
    admin = await asyncpg.connect(url)
    await admin.execute(SPECIAL, SECRET_TASK.format(special[1]["target"]["name"]), special[1]["target"]["id"])
    await withhold(world, withheld[2])
    for each in (withheld, withdrawn):
        await enter_at_desk(world, *each)
    await withhold(world, withdrawn[2])
    await world.settle()
    target = "(select target_id from inspection where id = $1)"
    public = await admin.fetchval(f"select id::text from target where id = {target}", UUID(published))
    rows = await admin.fetch("select id::text, name, credit_code, address, legal_representative from target")
    stages = {row[0] for row in await admin.fetch("select stage from publication")}
    await admin.close()
    assert {"published", "withheld", "withdrawn"} <= stages
    return Scene(public, {row["id"]: dict(row) for row in rows if row["id"] != public}, url)


async def known(scene: Scene) -> Known:
    """Every id and code there is, and questions for each who is secret."""
    admin = await asyncpg.connect(scene.url)
    ids = await admin.fetch(
        "select id::text from target union select id::text from inspection union select id::text from inspection_part"
        " union select record_id::text from publication union select id::text from plan_task"
        " union select id::text from annual_plan union select id::text from department union select id::text from draw"
        " union (select id::text from check_item limit 3) union (select id::text from checklist_version limit 3)"
    )
    photos = await admin.fetch("select id::text from public_photo union select id::text from upload")
    codes = await admin.fetch("select credit_code from target where credit_code is not null")
    tasks = await admin.fetch("select id::text from plan_task")
    await admin.close()
    every = [row[0] for row in ids]
    asked = [{"q": each[key][:-1]} for each in scene.secret.values() for key in ("name", "credit_code") if each[key]]
    asked += [{"enterprise": row[0]} for row in codes] + [{"task": row[0]} for row in tasks]
    return Known(
        {
            "id": every,
            "key": [*(row[0] for row in codes), *every],
            "code": every[:3],
            "path": ["no/such/page"],
            "photo": [row[0] for row in photos],
        },
        [{}, {"lang": "en"}, *asked],
    )


async def test_nobody_reads_who_is_not_public_nor_anything_personal(
    scene: Scene, client: httpx.AsyncClient, world: World
) -> None:
    in_hand = await known(scene)
    assert await plant_people(scene.url) > 100

    read = await read_all(client, world.app, in_hand)

    told: list[Any] = [
        (address, found)
        for address, text in read
        for each in scene.secret.values()
        for found in (each["id"], each["name"], each["credit_code"], each["address"], each["legal_representative"])
        if found and found in text
    ]
    told += [(address, text[at.start() : at.end() + 90]) for address, text in read if (at := PLANTED.search(text))]
    assert told == []
    assert {path for path, statuses in in_hand.answered.items() if max(statuses) >= 500} == set()
    shut = {path for path, statuses in in_hand.answered.items() if 200 not in statuses}
    assert shut == FOR_A_HOLDER | NOT_A_PAGE
    assert set(in_hand.answered) == set(public_routes(world.app))
