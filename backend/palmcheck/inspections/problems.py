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


class OutcomeUnproven(Problem):
    """A result of its own lacks its evidence; `field` and `rule` say which."""

    code, status = "inspections.outcome_unproven", 422


class OutcomeWithAnswers(Problem):
    """A result of its own comes with answers or problems: the checklist was not asked for."""

    code, status = "inspections.outcome_with_answers", 422


class PartyMissing(Problem):
    """The party has neither signed nor refused, or its refusal has no reason (R29)."""

    code, status = "inspections.party_missing", 422


class WitnessMissing(Problem):
    """A refusal has neither a witness who signs nor a photo (R29)."""

    code, status = "inspections.witness_missing", 422


class RightsNotRead(Problem):
    """The party was not told its rights (R25)."""

    code, status = "inspections.rights_not_read", 422


class CertificatesNotShown(Problem):
    """An officer has not shown the certificate that he stands in the registry with (R25)."""

    code, status = "inspections.certificates_not_shown", 422


class FindingDoesNotFit(Problem):
    """A problem found, or an expert's finding, lacks words, its day, its photo, or its question (R13)."""

    code, status = "inspections.finding_does_not_fit", 422


class CopyOfNothing(Problem):
    """A copy with marks names no original photo of the same submission."""

    code, status = "inspections.copy_of_nothing", 422


class OfficerNotThere(Problem):
    """A recusal names somebody who does not go to this visit (R21)."""

    code, status = "inspections.officer_not_there", 422


class NothingToDecide(Problem):
    """The part has no results that contradict each other."""

    code, status = "inspections.nothing_to_decide", 409


class DeskReasonMissing(Problem):
    """A result of a visit on site belongs on the phone; entered at a desk it says why (domain.md section 3)."""

    code, status = "inspections.desk_reason_missing", 422


class PublishedAlready(Problem):
    """The part's result is public: another one takes its place only by a correction of the record (R12)."""

    code, status = "inspections.published_already", 409


class CountersignsOwn(Problem):
    """The officer whose phone makes the submission signs it there; a countersignature is his colleague's (R3)."""

    code, status = "inspections.countersigns_own", 422


class NotLeadOfVisit(Problem):
    """Days and messages of a visit are the lead department's of its task."""

    code, status = "inspections.not_lead_of_visit", 403


class VisitBeforeIssue(Problem):
    """A visit cannot have been before its list was issued."""

    code, status = "inspections.visit_before_issue", 422


class VisitDone(Problem):
    """Every department has its result: the day of the visit is what the record says."""

    code, status = "inspections.visit_done", 409


class CountersignerNotAwaited(Problem):
    """The part does not wait for this officer's countersignature."""

    code, status = "inspections.countersigner_not_awaited", 409
