"""Whether a result may be accepted: its form, its signatures, its times."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from palmcheck.catalogue.checklist_rules import validate
from palmcheck.catalogue.result_codes import part_result_code
from palmcheck.catalogue.types import ChecklistVersionView
from palmcheck.inspections import forming
from palmcheck.inspections.problems import (
    AnswersDoNotFit,
    ResultCodeWrong,
    SignatureMissing,
    TimesOutOfOrder,
)
from palmcheck.inspections.types import DeskEntry, SubmitBody


def check_submission(
    body: SubmitBody, checklist: ChecklistVersionView, target_kind: str, officer_ids: Iterable[UUID]
) -> None:
    """Raises AnswersDoNotFit, ResultCodeWrong, SignatureMissing or TimesOutOfOrder."""
    photos = Counter(photo.question_key for photo in body.photos if photo.question_key)
    check_answers(checklist, body.answers, dict(photos), target_kind, body.result_code)
    signed = {signature.inspector_id for signature in body.officer_signatures}
    for officer in officer_ids:
        if officer not in signed:
            raise SignatureMissing(field="officer_signatures", rule="R3", inspector_id=officer)
    if not forming.in_order(body.entered_at, body.rights_read_at, body.left_at):
        raise TimesOutOfOrder(field="left_at", rule="R25")


def check_desk_entry(
    entry: DeskEntry, checklist: ChecklistVersionView, target_kind: str, received_at: datetime
) -> None:
    """Raises AnswersDoNotFit, ResultCodeWrong or TimesOutOfOrder. A desk has no photos to ask for."""
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
    """Every question answered or not applicable with a reason (S2 二(六)), and the result that follows from it."""
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
    follows = part_result_code(checklist.content, answers, {"kind": target_kind})
    if result_code != follows:
        raise ResultCodeWrong(field="result_code", follows=follows)
