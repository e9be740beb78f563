"""Refusals of the slice."""

from palmcheck.kernel.problems import Problem


class CreditCodeInvalid(Problem):
    """The unified social credit code does not check out (GB 32100-2015)."""

    code, status = "registry.credit_code_invalid", 422
