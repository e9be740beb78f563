"""Refusals of the slice."""

from palmcheck.kernel.problems import Problem


class NobodyNamed(Problem):
    """A message that is for nobody: no visit and no inspector is named, or nobody goes."""

    code, status = "notifications.nobody_named", 422


class NotLeadOfVisit(Problem):
    """Who goes on a visit is written to by the lead department of its task."""

    code, status = "notifications.not_lead_of_visit", 403


class NotGoing(Problem):
    """An inspector is named who goes on none of the visits."""

    code, status = "notifications.not_going", 422


class InspectorNotYours(Problem):
    """Without a visit a lead writes to the inspectors of his own department."""

    code, status = "notifications.inspector_not_yours", 403
