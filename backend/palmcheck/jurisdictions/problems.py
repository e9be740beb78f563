"""Refusals of the slice."""

from palmcheck.kernel.problems import Problem


class SettingUnknown(Problem):
    """No setting has this key."""

    code, status = "jurisdictions.setting_unknown", 404


class ValueOutOfBounds(Problem):
    """A number below or above what the setting takes."""

    code, status = "jurisdictions.value_out_of_bounds", 422


class ValueRefused(Problem):
    """The value is of another type than the setting, or none of its choices."""

    code, status = "jurisdictions.value_refused", 422


class ValuesClash(Problem):
    """A lower bound would exceed its upper bound."""

    code, status = "jurisdictions.values_clash", 422


class ReasonMissing(Problem):
    """A change without a reason."""

    code, status = "jurisdictions.reason_missing", 422


class VersionNeeded(Problem):
    """Nothing says which version the change was made from (If-Match)."""

    code, status = "jurisdictions.version_needed", 428


class ChangedMeanwhile(Problem):
    """Somebody else changed it since the caller looked."""

    code, status = "jurisdictions.changed_meanwhile", 412


class NothingChanges(Problem):
    """Every day is already as the change wants it."""

    code, status = "jurisdictions.nothing_changes", 422


class DayTwice(Problem):
    """One day stands twice in the change, with two answers."""

    code, status = "jurisdictions.day_twice", 422


class YearOutOfReach(Problem):
    """A year that no deadline of ours can touch: most likely a slip of the pen."""

    code, status = "jurisdictions.year_out_of_reach", 422


class YearIncomplete(Problem):
    """A year would have days without an answer; deadlines would stop at them."""

    code, status = "jurisdictions.year_incomplete", 422


class CalendarFileUnreadable(Problem):
    """The file is no CSV or XLSX that we can read."""

    code, status = "jurisdictions.calendar_file_unreadable", 422
