"""What waits for somebody: reviews, corrections, reports to the city, drafts; and the experts that departments know."""

from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import msgspec
from msgspec import structs

from palmcheck.catalogue import drafting
from palmcheck.catalogue.checklists import shipped_checklist
from palmcheck.catalogue.draft_types import SaveDraft
from palmcheck.demonstration import words
from palmcheck.demonstration.actors import PastActor, past_administrator, past_office
from palmcheck.demonstration.details import target_ids
from palmcheck.demonstration.founding import Founded
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry import corrections
from palmcheck.registry.people.experts import save_expert
from palmcheck.registry.people.inspectors import save_inspector
from palmcheck.registry.people.interests import declare_interest, record_training
from palmcheck.registry.people.types import SaveExpert, SaveInspector, SaveInterest, SaveTraining
from palmcheck.registry.target_types import AnswerCorrection, DraftCorrection
from palmcheck.registry.types import NewInspector, NewTarget

AUTHORITY = "行政审批局"
CORRECTIONS = 6
PROMOTED, TRAINED, INTERESTED = 4, 24, 3
EXPERTS: tuple[dict[str, Any], ...] = (
    {"kind": "testing", "name": "江州食品检验检测中心", "field": "食品检验", "department": "market_regulation"},
    {"kind": "testing", "name": "江州特种设备检验所", "field": "电梯、锅炉检验", "department": "market_regulation"},
    {"kind": "institute", "name": "江州环境监测站", "field": "大气、水质监测", "department": "ecological_environment"},
    {"kind": "audit", "name": "江州诚信会计师事务所", "field": "财务审计", "department": "market_regulation"},
    {"kind": "person", "name": "闻一鸣", "field": "危险化学品安全", "department": "emergency"},
)
TRAININGS = (("双随机抽查业务培训", "县联席会议办公室", 8), ("掌上执法应用操作培训", "县市场监督管理局", 4))


async def enter_people_around(
    tx: Tx, home: Founded, officers: dict[UUID, NewInspector], targets: list[NewTarget], random: Random
) -> None:
    """Experts, trainings and declared interests (R21, R22, R27)."""
    office, today = _office(home), law_date(tx.now)
    for each in EXPERTS:
        said = {key: value for key, value in each.items() if key != "department"}
        until = today + timedelta(days=random.randint(340, 900))
        department_id = home.departments[each["department"]].id
        expert = SaveExpert(department_id=department_id, qualification="资质认定", valid_until=until, **said)
        await save_expert(tx, office, new_id(), expert)
    for id in random.sample(list(officers), min(TRAINED, len(officers))):
        title, organiser, hours = random.choice(TRAININGS)
        held = today - timedelta(days=random.randint(3, 200))
        await record_training(tx, office, id, new_id(), SaveTraining(title, organiser, held, hours, "passed"))
    ids = await _some_targets(tx, home, targets, INTERESTED)
    for id, target_id in zip(random.sample(list(officers), len(ids)), ids, strict=True):
        interest = SaveInterest("配偶在该单位任职", today - timedelta(days=400), target_id)
        await declare_interest(tx, office, id, new_id(), interest)


async def ask_for_corrections(tx: Tx, home: Founded, targets: list[NewTarget], random: Random) -> None:
    """Requests to the registering authority: drafted, sent, answered."""
    by = past_administrator(home.id, home.departments["market_regulation"].id)
    for number, target_id in enumerate(await _some_targets(tx, home, targets, CORRECTIONS)):
        id = new_id()
        proposed = f"{home.place.name}{words.TOWNS[home.place.code][0]}{random.choice(words.ROADS)}{number + 11}号"
        said = DraftCorrection(AUTHORITY, "address", proposed, "现场核查地址与登记不符，附照片。")
        await corrections.draft_correction(tx, by, target_id, id, said)
        if number > 0:
            await corrections.send_correction(tx, by, target_id, id)
        if number > 3:
            answer = AnswerCorrection(number > 4, "已更正。" if number > 4 else "当事人未申请变更，暂不更正。")
            await corrections.answer_correction(tx, by, target_id, id, answer)


async def hand_in_for_review(tx: Tx, home: Founded, officers: dict[UUID, NewInspector], random: Random) -> None:
    """Changes and new inspectors that the justice department has not reviewed yet (S1 一(四))."""
    office = _office(home)
    for id in random.sample(list(officers), min(PROMOTED, len(officers))):
        said = _said(officers[id], version=1)
        await save_inspector(tx, office, id, structs.replace(said, qualification="行政执法资格（高级）"))
    newcomer = next(iter(officers.values()))
    for number, name in enumerate(("莫听澜", "简书意"), start=1):
        certificate = f"川{home.place.code}9{number:04d}"
        said = structs.replace(_said(newcomer, version=None), name=name, certificate_number=certificate, region="")
        await save_inspector(tx, office, new_id(), said)


async def begin_a_draft(tx: Tx, home: Founded, code: str) -> None:
    """The next version of a checklist, half written."""
    content = msgspec.to_builtins(shipped_checklist(code))
    content["version"] += 1
    content["sections"] = content["sections"][:3]
    await drafting.save_draft(tx, _office(home), new_id(), SaveDraft(code, content), None)


def _office(home: Founded) -> PastActor:
    return past_office(home.id, home.departments["market_regulation"].id)


def _said(known: NewInspector, version: int | None) -> SaveInspector:
    said = structs.asdict(known) | {"expertise": list(known.expertise), "version": version}
    return SaveInspector(**{name: said[name] for name in SaveInspector.__struct_fields__})


async def _some_targets(tx: Tx, home: Founded, targets: list[NewTarget], count: int) -> list[UUID]:
    codes = [each.credit_code for each in targets if each.credit_code and each.status == "operating"][:count]
    ids = await target_ids(tx, home.id, codes)
    return [ids[code] for code in codes]
