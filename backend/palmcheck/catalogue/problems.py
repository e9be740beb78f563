"""Refusals of the slice."""

from palmcheck.kernel.problems import Problem


class ChecklistFaulty(Problem):
    """A checklist contradicts itself."""

    code, status = "catalogue.checklist_faulty", 422


class ChecklistUnknown(Problem):
    """There is no such checklist version here."""

    code, status = "catalogue.checklist_unknown", 422


class ItemCodeTaken(Problem):
    """Another item here has this code."""

    code, status = "catalogue.item_code_taken", 409


class RatioCapWrong(Problem):
    """A general item has a ratio cap, a key item has none (R6)."""

    code, status = "catalogue.ratio_cap_wrong", 422


class RatioOverCap(Problem):
    """A class's ratio is higher than the item's cap (R6)."""

    code, status = "catalogue.ratio_over_cap", 422


class DepartmentUnknown(Problem):
    """There is no such department here."""

    code, status = "catalogue.department_unknown", 422


class ItemRetired(Problem):
    """A retired item is not touched any more."""

    code, status = "catalogue.item_retired", 409


class AlreadyClaimed(Problem):
    """The upper level's item is claimed here already."""

    code, status = "catalogue.already_claimed", 409


class NothingAbove(Problem):
    """There is no level above to report to."""

    code, status = "catalogue.nothing_above", 422


class AlreadyAnswered(Problem):
    """The report has its answer."""

    code, status = "catalogue.already_answered", 409


class NotDepartmentsItem(Problem):
    """The department has no share in the item."""

    code, status = "catalogue.not_departments_item", 422


class AlreadyDrawnUp(Problem):
    """The department has drawn up this item before."""

    code, status = "catalogue.already_drawn_up", 409


class NotBrokenDown(Problem):
    """Without a unit that does it, an implementation item is not compliant."""

    code, status = "catalogue.not_broken_down", 422


class ItemFileUnreadable(Problem):
    """The file is no list of items."""

    code, status = "catalogue.item_file_unreadable", 422


class DraftPublished(Problem):
    """A published checklist is never changed; the next version begins as a new draft."""

    code, status = "catalogue.draft_published", 409


class DraftFaulty(Problem):
    """The draft has mistakes; the editor shows each at its place."""

    code, status = "catalogue.draft_faulty", 422
