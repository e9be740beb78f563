"""Refusals where targets are looked after."""

from palmcheck.kernel.problems import Problem


class CodeTaken(Problem):
    """Another target has this code already; perhaps they are one."""

    code, status = "registry.code_taken", 409


class ResponsibleNeeded(Problem):
    """A product, project or behaviour names the entity that answers for it (S1 一(四))."""

    code, status = "registry.responsible_needed", 422


class ResponsibleUnknown(Problem):
    """The entity that is named is no entity of this registry."""

    code, status = "registry.responsible_unknown", 422


class ResponsibleNotWanted(Problem):
    """An entity answers for itself."""

    code, status = "registry.responsible_not_wanted", 422


class ReasonNeeded(Problem):
    """Status or class change: the reason belongs to the record."""

    code, status = "registry.reason_needed", 422


class EditedMeanwhile(Problem):
    """The target is no longer what the editor saw (If-Match)."""

    code, status = "registry.edited_meanwhile", 412


class VersionNeeded(Problem):
    """An edit names what it edits by If-Match."""

    code, status = "registry.version_needed", 428


class TargetMerged(Problem):
    """The target was merged into another one; that one is edited."""

    code, status = "registry.target_merged", 409


class MergeImpossible(Problem):
    """A target cannot be merged into itself."""

    code, status = "registry.merge_impossible", 422


class MergeCovered(Problem):
    """The kept target was merged further: the later merge is undone first."""

    code, status = "registry.merge_covered", 409


class TagInvalid(Problem):
    """A tag is a short word without `=`."""

    code, status = "registry.tag_invalid", 422


class TaggingTooWide(Problem):
    """Without words or a filter a bulk action would change the whole registry."""

    code, status = "registry.tagging_too_wide", 422


class TaggingTooLarge(Problem):
    """More targets than one bulk action changes."""

    code, status = "registry.tagging_too_large", 422


class FactInFuture(Problem):
    """A fact happened; its day is not ahead."""

    code, status = "registry.fact_in_future", 422


class CorrectionNotDraft(Problem):
    """Only a draft can be changed or sent."""

    code, status = "registry.correction_not_draft", 409


class CorrectionNotSent(Problem):
    """Only what was sent can be answered, and once."""

    code, status = "registry.correction_not_sent", 409


class ExportTooLarge(Problem):
    """More rows than one file takes."""

    code, status = "registry.export_too_large", 422
