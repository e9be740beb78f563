"""Refusals of the slice."""

from palmcheck.kernel.problems import Problem


class ChecklistFaulty(Problem):
    """A checklist contradicts itself."""

    code, status = "catalogue.checklist_faulty", 422


class ChecklistUnknown(Problem):
    """There is no such checklist version here."""

    code, status = "catalogue.checklist_unknown", 422
