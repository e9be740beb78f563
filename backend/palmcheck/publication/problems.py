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
    """Who proposed something cannot confirm it."""

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


class NotCorrectable(Problem):
    """The result is not whole yet, or withheld by law: there is nothing to correct."""

    code, status = "publication.not_correctable", 409


class NothingToCorrect(Problem):
    """The correction would leave the record as it is."""

    code, status = "publication.nothing_to_correct", 422


class PhotoNotOfResult(Problem):
    """The photo is none of those that the result stands on, or it is not in yet."""

    code, status = "publication.photo_not_of_result", 422


class TooManyPublicPhotos(Problem):
    """A record shows a few photos, not all of them."""

    code, status = "publication.too_many_photos", 409


class RecordGone(Problem):
    """The record was public and was withdrawn by law."""

    code, status = "publication.record_gone", 410
