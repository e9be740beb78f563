"""Refusals of the slice."""

from palmcheck.kernel.problems import Problem


class PartNotYours(Problem):
    """The part belongs to other officers (R11)."""

    code, status = "inspections.part_not_yours", 403


class AnswersDoNotFit(Problem):
    """An answer does not fit its question; `field` is the question, `rule` what it breaks."""

    code, status = "inspections.answers_do_not_fit", 422


class ChecklistOfOtherPart(Problem):
    """The answers were given to another form than this part's."""

    code, status = "inspections.checklist_of_other_part", 422


class ResultCodeWrong(Problem):
    """The result does not follow from the answers."""

    code, status = "inspections.result_code_wrong", 422


class SignatureMissing(Problem):
    """An officer of the part has not signed (R3)."""

    code, status = "inspections.signature_missing", 422


class TimesOutOfOrder(Problem):
    """Entering, reading of rights and leaving are not in this order, or lie in the future."""

    code, status = "inspections.times_out_of_order", 422


class PositionUnexplained(Problem):
    """A check-in has neither a position nor the reason why there is none."""

    code, status = "inspections.position_unexplained", 422


class AlreadyEntered(Problem):
    """The part has a result already."""

    code, status = "inspections.already_entered", 409
