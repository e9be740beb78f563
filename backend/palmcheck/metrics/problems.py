"""Refusals of the slice."""

from palmcheck.kernel.problems import Problem


class QuarterInvalid(Problem):
    """A quarter is written like 2026Q4."""

    code, status = "metrics.quarter_invalid", 422
