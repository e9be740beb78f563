"""What happens in this slice."""

from uuid import UUID

from palmcheck.kernel.events import Event


class AccountOpened(Event, frozen=True):
    """A person got an account."""

    name = "account.opened"
    account_id: UUID
    roles: list[str]


class EnrolmentCodeIssued(Event, frozen=True):
    """An account may enrol one phone."""

    name = "account.enrolment_code_issued"
    account_id: UUID


class DeviceEnrolled(Event, frozen=True):
    """A phone became an account's device; the one before it drains (R17)."""

    name = "account.device_enrolled"
    account_id: UUID
    enrolled_device_id: UUID
    draining: list[UUID]


class SignedIn(Event, frozen=True):
    """A session began."""

    name = "account.signed_in"
    account_id: UUID
    device_id: UUID | None


class SessionResumed(Event, frozen=True):
    """A phone that had lost its cookie took its session up again, by its key."""

    name = "account.session_resumed"
    account_id: UUID
    device_id: UUID


class SignedOutByUser(Event, frozen=True):
    """A session was ended by its owner."""

    name = "account.signed_out"
    account_id: UUID


class AccountChanged(Event, frozen=True):
    """An account has other roles, another department or another name; what it had stands beside."""

    name = "account.changed"
    account_id: UUID
    roles: list[str]
    department_id: UUID | None
    roles_before: list[str]
    department_before: UUID | None
    inspector_id: UUID | None = None
    inspector_before: UUID | None = None
    renamed: bool = False


class AccountLeft(Event, frozen=True):
    """A person was transferred or retired: the account's rights ended at once."""

    name = "account.left"
    account_id: UUID
    status: str
    reason: str
    ended_sessions: int
    revoked_devices: list[UUID]


class AccountReturned(Event, frozen=True):
    """An account that had ended is in use again."""

    name = "account.returned"
    account_id: UUID
    reason: str


class PasswordReset(Event, frozen=True):
    """An administrator gave an account a one-time password."""

    name = "account.password_reset"
    account_id: UUID


class PasswordChanged(Event, frozen=True):
    """A person chose a new password; all other sessions ended."""

    name = "account.password_changed"
    account_id: UUID


class SessionsRevoked(Event, frozen=True):
    """Sessions were ended by their owner or by an administrator."""

    name = "account.sessions_revoked"
    account_id: UUID
    session_ids: list[UUID]


class DeviceRevoked(Event, frozen=True):
    """A phone may not do anything any more."""

    name = "account.device_revoked"
    account_id: UUID
    revoked_device_id: UUID
    reason: str


class TokenIssued(Event, frozen=True):
    """A machine client got a token."""

    name = "account.token_issued"
    issued_token_id: UUID
    scopes: list[str]


class TokenRevoked(Event, frozen=True):
    """A machine client's token counts no more."""

    name = "account.token_revoked"
    revoked_token_id: UUID


class AccountsImported(Event, frozen=True):
    """A file of accounts was taken in: one event, with the digest of the file."""

    name = "account.imported"
    import_id: UUID
    file_sha256: str
    opened: list[UUID]
    linked: list[UUID]
    unchanged: int
    bad: int
