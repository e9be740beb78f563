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
