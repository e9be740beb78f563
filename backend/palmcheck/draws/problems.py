"""Refusals of the slice."""

from palmcheck.kernel.problems import Problem


class NotLeadDepartment(Problem):
    """Who starts the joint check leads it: only the lead department draws (S1 二(二))."""

    code, status = "draws.not_lead_department", 403


class PoolEmpty(Problem):
    """No target may be drawn for this task."""

    code, status = "draws.pool_empty", 422


class NotFrozenYet(Problem):
    """There is nothing to draw from before the pools are frozen."""

    code, status = "draws.not_frozen_yet", 409


class NotDrawnYet(Problem):
    """There is nothing to issue before the draw."""

    code, status = "draws.not_drawn_yet", 409
