"""Whether a result may be accepted: its form, its signatures, its times."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from palmcheck.catalogue.checklist_rules import validate
from palmcheck.catalogue.result_codes import consequences_of, part_result_code
from palmcheck.catalogue.types import ChecklistVersionView
from palmcheck.inspections import forming, on_site_rules
from palmcheck.inspections.on_site_rules import Lack
from palmcheck.inspections.problems import (
    AnswersDoNotFit,
    CertificatesNotShown,
    CopyOfNothing,
    DeskReasonMissing,
    FindingDoesNotFit,
    OutcomeUnproven,
    OutcomeWithAnswers,
    PartyMissing,
    ResultCodeWrong,
    RightsNotRead,
    SignatureMissing,
    TimesOutOfOrder,
    WitnessMissing,
)
from palmcheck.inspections.types import DeskEntry, PhotoRef, SubmitBody
from palmcheck.kernel.problems import Problem


def check_submission(
    body: SubmitBody,
    checklist: ChecklistVersionView,
    target_kind: str,
    officers: Collection[UUID],
    attempts: int,
) -> None:
    """`attempts`: how many to reach a party are asked for.

    Raises AnswersDoNotFit, ResultCodeWrong, SignatureMissing, TimesOutOfOrder, CopyOfNothing, and a problem by what
    the record lacks.
    """
    check_copies(body.photos)
    consequences = consequences_of(checklist.content, body.answers, {"kind": target_kind})
    for lack in on_site_rules.lacking(body, officers, consequences, attempts):
        raise _problem_of(lack)
    if body.outcome is None:
        photos = Counter(photo.question_key for photo in body.photos if photo.question_key)
        check_form(checklist, body.answers, dict(photos), target_kind)
    follows = on_site_rules.result_code(body.outcome, consequences, body.problems)
    if body.result_code != follows:
        raise ResultCodeWrong(field="result_code", follows=follows)
    signed = {signature.inspector_id for signature in body.officer_signatures}
    signed.update(set(body.countersigners) & set(list(officers)[1:]))  # the lead officer signs where he enters
    for officer in officers:
        if officer not in signed:
            raise SignatureMissing(field="officer_signatures", rule="R3", inspector_id=officer)
    if not forming.in_order(body.entered_at, body.rights_read_at or body.entered_at, body.left_at):
        raise TimesOutOfOrder(field="left_at", rule="R25")


def check_copies(photos: Sequence[PhotoRef]) -> None:
    """A copy stands beside the original it was drawn on, never beside another copy. Raises CopyOfNothing."""
    originals = {photo.id for photo in photos if photo.annotates is None}
    for place, photo in enumerate(photos):
        if photo.annotates is not None and photo.annotates not in originals:
            raise CopyOfNothing(field=f"photos.{place}.annotates")


def _problem_of(lack: Lack) -> Problem:
    """The refusal for what a record lacks."""
    place, rule = lack.field.partition(".")[0], lack.rule
    match place, rule:
        case _, "not_asked":
            problem: Problem = OutcomeWithAnswers(field=lack.field)
        case "outcome", _:
            problem = OutcomeUnproven(field=lack.field, lacks=rule)
        case _, "certificates":
            problem = CertificatesNotShown(field=lack.field, rule="R25")
        case _, "rights":
            problem = RightsNotRead(field=lack.field, rule="R25")
        case "party", "party" | "words":
            problem = PartyMissing(field=lack.field, rule="R29")
        case "party", _:
            problem = WitnessMissing(field=lack.field, rule="R29")
        case _:
            problem = FindingDoesNotFit(field=lack.field, rule="R13", lacks=rule)
    return problem


def check_desk_entry(
    entry: DeskEntry, checklist: ChecklistVersionView, target_kind: str, method: str, received_at: datetime
) -> None:
    """A desk has no photos to ask for; written and online checks are made there and need no reason.

    Raises DeskReasonMissing, AnswersDoNotFit, ResultCodeWrong or TimesOutOfOrder.
    """
    if method == "on_site" and entry.desk_reason is None:
        raise DeskReasonMissing(field="desk_reason")
    check_answers(checklist, entry.answers, None, target_kind, entry.result_code)
    if not forming.visit_in_order(entry.entered_at, entry.left_at, received_at):
        raise TimesOutOfOrder(field="left_at")


def check_answers(
    checklist: ChecklistVersionView,
    answers: dict[str, Any],
    photos: dict[str, int] | None,
    target_kind: str,
    result_code: str,
) -> None:
    """Raises AnswersDoNotFit, or ResultCodeWrong for another result than follows from the answers."""
    check_form(checklist, answers, photos, target_kind)
    follows = part_result_code(checklist.content, answers, {"kind": target_kind})
    if result_code != follows:
        raise ResultCodeWrong(field="result_code", follows=follows)


def check_form(
    checklist: ChecklistVersionView, answers: dict[str, Any], photos: dict[str, int] | None, target_kind: str
) -> None:
    """Every question answered or not applicable with a reason (S2 二(六)). Raises AnswersDoNotFit."""
    findings = [
        finding
        for finding in validate(checklist.content, answers, photos or {}, {"kind": target_kind})
        if photos is not None or finding.rule != "photo"
    ]
    if findings:
        first = findings[0]
        raise AnswersDoNotFit(
            field=f"answers.{first.question_key}", rule=first.rule, question=first.question_key, count=len(findings)
        )
