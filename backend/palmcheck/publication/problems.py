"""Refusals of the slice."""

from palmcheck.kernel.problems import Problem


class NotYours(Problem):
    """The result is another department's to publish."""

    code, status = "publication.not_yours", 403


class NotInReview(Problem):
    """The record waits for no review."""

    code, status = "publication.not_in_review", 409


class ReviewedByOwnOfficer(Problem):
    """Who went on the visit cannot review its result."""

    code, status = "publication.reviewed_by_own_officer", 409


class SecondPerson(Problem):
    """Who proposed a withholding cannot confirm it."""

    code, status = "publication.second_person", 409


class ProposalOpen(Problem):
    """Another proposal about this record is not decided yet."""

    code, status = "publication.proposal_open", 409


class Withheld(Problem):
    """The record is withheld or withdrawn by law already."""

    code, status = "publication.withheld", 409


class ProposalDecided(Problem):
    """The proposal was decided otherwise and changes no more."""

    code, status = "publication.proposal_decided", 409


class GroundNeedsLaw(Problem):
    """This ground names no law by itself: the note must."""

    code, status = "publication.ground_needs_law", 422


class RecordGone(Problem):
    """The record was public and was withdrawn by law."""

    code, status = "publication.record_gone", 410
