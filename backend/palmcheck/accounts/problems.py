"""Refusals of the slice."""

from palmcheck.kernel.problems import Problem


class SignedOut(Problem):
    """Nobody is signed in here, or not any more."""

    code, status = "accounts.signed_out", 401


class NotAllowed(Problem):
    """The account's roles do not include this."""

    code, status = "accounts.not_allowed", 403


class DeviceNeeded(Problem):
    """Only an enrolled phone may do this (R17)."""

    code, status = "accounts.device_needed", 403


class DeviceNotYours(Problem):
    """The phone belongs to another account, or is no longer in use (R17)."""

    code, status = "accounts.device_not_yours", 403


class CredentialsInvalid(Problem):
    """No active account has this name and password."""

    code, status = "accounts.credentials_invalid", 401


class EnrolmentCodeInvalid(Problem):
    """The code is unknown, used or too old."""

    code, status = "accounts.enrolment_code_invalid", 422


class DeviceProofInvalid(Problem):
    """The phone could not show that it holds the key it sent."""

    code, status = "accounts.device_proof_invalid", 422


class SessionOver(Problem):
    """The phone has no session that could be taken up again; its owner signs in anew."""

    code, status = "accounts.session_over", 401


class ForeignOrigin(Problem):
    """A write came from another site's page."""

    code, status = "accounts.foreign_origin", 403
