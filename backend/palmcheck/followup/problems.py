"""Refusals of the slice."""

from palmcheck.kernel.problems import Problem


class NotYours(Problem):
    """The problem is another department's to handle."""

    code, status = "followup.not_yours", 403


class NotDisposed(Problem):
    """Nothing was recorded yet that could be verified."""

    code, status = "followup.not_disposed", 409


class SecondPerson(Problem):
    """Who recorded the disposal cannot verify it."""

    code, status = "followup.second_person", 409


class Settled(Problem):
    """What was recorded is verified or void and changes no more."""

    code, status = "followup.settled", 409
