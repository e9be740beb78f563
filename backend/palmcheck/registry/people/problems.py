"""Refusals where people are looked after."""

from palmcheck.kernel.problems import Problem


class CertificateTaken(Problem):
    """Another inspector of the jurisdiction has this certificate number."""

    code, status = "registry.certificate_taken", 409


class DepartmentNotYours(Problem):
    """The department is none of this jurisdiction, or not the caller's to administer."""

    code, status = "registry.department_not_yours", 422


class InspectorHasLeft(Problem):
    """Whoever was transferred or retired is not edited; he may return."""

    code, status = "registry.inspector_has_left", 409


class NothingToUndo(Problem):
    """The decision is too old to be taken back, or something came after it."""

    code, status = "registry.nothing_to_undo", 409


class InterestNeedsTarget(Problem):
    """An interest names a target of the registry, or a credit code: one of both."""

    code, status = "registry.interest_needs_target", 422


class InterestEndsTooEarly(Problem):
    """An interest does not end before it begins."""

    code, status = "registry.interest_ends_too_early", 422


class PeopleFileUnreadable(Problem):
    """The file is no workbook that can be read; `reason` names why."""

    code, status = "registry.people_file_unreadable", 422


class PeopleFileLacksColumns(Problem):
    """No row of the first sheet names the columns that are needed."""

    code, status = "registry.people_file_lacks_columns", 422
