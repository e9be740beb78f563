"""Refusals of the slice."""

from palmcheck.kernel.problems import Problem


class PlanTaskTaken(Problem):
    """The task was frozen already, by another draw."""

    code, status = "planning.task_taken", 409
