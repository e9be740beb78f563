"""What an on-site record needs to be whole, and the result that follows from it (R3, R13, R25, R29). Pure.

The twin is pwa/src/checklist/onSite.ts; both agree on schemas/vectors/on_site.json.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import Struct

from palmcheck.catalogue.result_codes import ResultCode
from palmcheck.inspections.on_site_types import (
    FoundProblem,
    Outcome,
    OutcomeKind,
    PartyRefused,
    PartySigned,
    Witness,
)
from palmcheck.inspections.types import SubmitBody
from palmcheck.kernel.clock import law_date

Need = Literal["photo", "position", "note", "witness", "attempts"]
LackRule = Literal[
    "photo",
    "position",
    "note",
    "witness",
    "attempts",
    "not_asked",
    "party",
    "rights",
    "certificates",
    "words",
    "due",
    "question",
    "twice",
]

NEEDS: Mapping[OutcomeKind, tuple[Need, ...]] = {
    "closed": ("photo", "position"),
    "not_found": ("note", "photo", "position"),
    "refused": ("note", "witness"),
    "unreachable": ("attempts",),
}
"""The evidence of each result of its own. `witness`: a witness who signs, or a photo."""

OUTCOME_CODES: Mapping[OutcomeKind, ResultCode] = {
    "closed": "business_not_carried_on",
    "not_found": "cannot_be_contacted",
    "refused": "refused_to_cooperate",
    "unreachable": "cannot_be_contacted",
}


class Lack(Struct, frozen=True):
    """One thing that a record lacks. Texts for people are the caller's."""

    field: str
    rule: LackRule


def lacking(record: SubmitBody, officers: Iterable[UUID], answered_no: Iterable[str], attempts: int) -> list[Lack]:
    """What the record lacks beside its checklist's answers; nothing if the list is empty.

    `officers` have shown a certificate; which number it bore is evidence, for it may have been renewed since the
    phone last heard. `answered_no`: keys of shown questions answered no; `attempts`: how many to reach a party.
    """
    photos = {photo.id for photo in record.photos}
    found = list(_of_outcome(record.outcome, photos, attempts)) if record.outcome else []
    if record.outcome is not None and record.answers:
        found.append(Lack("answers", "not_asked"))
    if record.outcome is not None and record.problems:
        found.append(Lack("problems", "not_asked"))
    met = record.outcome is None or record.outcome.kind == "refused"
    shown = {each.inspector_id for each in record.certificates_shown if not is_blank(each.certificate_number)}
    if met and not shown.issuperset(officers):
        found.append(Lack("certificates_shown", "certificates"))
    if record.outcome is None and record.rights_read_at is None:
        found.append(Lack("rights_read_at", "rights"))
    found += _of_party(record.party, photos, needed=record.outcome is None)
    found += _of_problems(record.problems, photos, set(answered_no), law_date(record.left_at))
    return found + [
        Lack(f"expert_findings.{at}.photo_ids", "photo")
        for at, each in enumerate(record.expert_findings)
        if not photos.issuperset(each.photo_ids)
    ]


def _of_outcome(outcome: Outcome, photos: set[UUID], attempts: int) -> Iterable[Lack]:
    needs = NEEDS[outcome.kind]
    there = bool(outcome.photo_ids) and photos.issuperset(outcome.photo_ids)
    if "note" in needs and is_blank(outcome.note):
        yield Lack("outcome.note", "note")
    if ("photo" in needs and not there) or not photos.issuperset(outcome.photo_ids):
        yield Lack("outcome.photo_ids", "photo")
    if "position" in needs and outcome.position is None and outcome.no_position_because is None:
        yield Lack("outcome.position", "position")
    if "witness" in needs and not there and not _stands(outcome.witness):
        yield Lack("outcome.witness", "witness")
    if "attempts" in needs and len({each.at for each in outcome.attempts}) < attempts:
        yield Lack("outcome.attempts", "attempts")


def _of_party(party: PartySigned | PartyRefused | None, photos: set[UUID], *, needed: bool) -> list[Lack]:
    if party is None:
        return [Lack("party", "party")] if needed else []
    if isinstance(party, PartySigned):
        return []
    found = [Lack("party.reason", "words")] if is_blank(party.reason) else []
    if not photos.issuperset(party.photo_ids):
        return [*found, Lack("party.photo_ids", "photo")]
    return found if party.photo_ids or _stands(party.witness) else [*found, Lack("party.witness", "witness")]


def _of_problems(problems: Sequence[FoundProblem], photos: set[UUID], no: set[str], on: date) -> Iterable[Lack]:
    seen: set[str] = set()
    for at, problem in enumerate(problems):
        place, key = f"problems.{at}", problem.question_key
        if is_blank(problem.what):
            yield Lack(f"{place}.what", "words")
        if (problem.handling == "order_to_correct") is not (problem.due_on is not None and problem.due_on >= on):
            yield Lack(f"{place}.due_on", "due")
        if not photos.issuperset(problem.photo_ids):
            yield Lack(f"{place}.photo_ids", "photo")
        if key is not None and key not in no:
            yield Lack(f"{place}.question_key", "question")
        if (key or str(problem.id)) in seen:
            yield Lack(f"{place}.question_key", "twice")
        seen.add(key or str(problem.id))


def _stands(witness: Witness | None) -> bool:
    return witness is not None and not is_blank(witness.name) and any(witness.strokes)


def is_blank(words: str | None) -> bool:
    """Whether nothing was said."""
    return not (words or "").strip()


def result_code(
    outcome: Outcome | None, consequences: Mapping[str, str | None], problems: Iterable[FoundProblem]
) -> ResultCode:
    """What a part comes to: its outcome, else the gravest of what was found; the officer's handling goes before the
    checklist's suggestion (`consequences`: by question answered no).
    """
    if outcome is not None:
        return OUTCOME_CODES[outcome.kind]
    decided = dict(consequences) | {each.question_key or str(each.id): each.handling for each in problems}
    found = {each for each in decided.values() if each is not None}
    if "case" in found:
        return "awaiting_follow_up"
    return "ordered_to_correct" if found else "no_problem_found"
