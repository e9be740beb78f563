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


class PasswordChangeDue(Problem):
    """The account was given a one-time password, which comes first."""

    code, status = "accounts.password_change_due", 403


class PasswordUnfit(Problem):
    """The new password breaks a rule; `fault` says which."""

    code, status = "accounts.password_unfit", 422


class PasswordWrong(Problem):
    """The current password is not this one."""

    code, status = "accounts.password_wrong", 422


class UsernameTaken(Problem):
    """Somebody has this name already."""

    code, status = "accounts.username_taken", 409


class RoleNotYoursToGive(Problem):
    """The account has, or is to get, a role that the caller may not give."""

    code, status = "accounts.role_not_yours_to_give", 422


class DepartmentNeeded(Problem):
    """A role of a department comes with a department of this jurisdiction, the caller's own if he is bound to one."""

    code, status = "accounts.department_needed", 422


class InspectorUnknown(Problem):
    """The registry has no inspector in service with this id here."""

    code, status = "accounts.inspector_unknown", 422


class InspectorElsewhere(Problem):
    """The inspector belongs to another department than the account."""

    code, status = "accounts.inspector_elsewhere", 422


class InspectorTaken(Problem):
    """The inspector has an active account; `username` says which. Nobody has two (R17)."""

    code, status = "accounts.inspector_taken", 409


class NotYourOwn(Problem):
    """Nobody changes the rights of his own account."""

    code, status = "accounts.not_your_own", 422


class AccountEnded(Problem):
    """The account was transferred or retired."""

    code, status = "accounts.ended", 409


class AccountStillActive(Problem):
    """The account is in use."""

    code, status = "accounts.still_active", 409


class ScopeNotForMachines(Problem):
    """A token cannot be given this permission."""

    code, status = "accounts.scope_not_for_machines", 422


class TokenLifeInvalid(Problem):
    """A token ends after today and within two years."""

    code, status = "accounts.token_life_invalid", 422


class SheetUnreadable(Problem):
    """The file is no spreadsheet that can be read."""

    code, status = "accounts.sheet_unreadable", 422


class SheetColumnsMissing(Problem):
    """The file lacks columns of the template."""

    code, status = "accounts.sheet_columns_missing", 422


class SheetTooLong(Problem):
    """The file has more rows than are taken at once."""

    code, status = "accounts.sheet_too_long", 422


class TooManyTries(Problem):
    """Too many wrong passwords; `seconds` says when the next try is heard."""

    code, status = "accounts.too_many_tries", 429

    def __init__(self, seconds: int) -> None:
        super().__init__(field="password", seconds=seconds)
        self.retry_after = seconds
