"""Tables of the slice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base

ACCOUNT = ["account.jurisdiction_id", "account.id"]


class Account(Base):
    """A person's real-name account."""

    __tablename__ = "account"
    __table_args__ = (
        Index(
            "uq_account_inspector",
            "jurisdiction_id",
            "inspector_id",
            unique=True,
            postgresql_where=text("inspector_id is not null and status = 'active'"),
        ),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    department_id: Mapped[UUID | None]
    inspector_id: Mapped[UUID | None]
    roles: Mapped[list[str]]
    password_hash: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="active", comment="active | transferred | retired")
    name_key: Mapped[str] = mapped_column(server_default="", comment="sorts the name by its reading")
    must_change_password: Mapped[bool] = mapped_column(server_default="false")
    version: Mapped[int] = mapped_column(server_default="1", comment="counts the changes; whoever edits names it")
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str | None]
    request_sha256: Mapped[str | None] = mapped_column(comment="as first sent: repeat or clash?")


class EnrolmentCode(Base):
    """A one-time code that lets one phone become an account's device."""

    __tablename__ = "enrolment_code"
    __table_args__ = (ForeignKeyConstraint(["jurisdiction_id", "account_id"], ACCOUNT),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID]
    code_sha256: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]


class Device(Base):
    """A phone with a key of its own; one active device an account (R17)."""

    __tablename__ = "device"
    __table_args__ = (
        ForeignKeyConstraint(["jurisdiction_id", "account_id"], ACCOUNT),
        Index(
            "uq_device_active", "jurisdiction_id", "account_id", unique=True, postgresql_where=text("state = 'active'")
        ),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID]
    name: Mapped[str]
    public_key: Mapped[dict[str, Any]]
    alg: Mapped[str]
    state: Mapped[str] = mapped_column(comment="active | draining | revoked")
    enrolled_at: Mapped[datetime]
    drains_until: Mapped[datetime | None] = mapped_column(comment="of a replaced phone: it sends no more")
    request_sha256: Mapped[str]


class Session(Base):
    """A signed-in browser; the cookie's token is kept as its hash only."""

    __tablename__ = "session"
    __table_args__ = (
        ForeignKeyConstraint(["jurisdiction_id", "account_id"], ACCOUNT),
        Index(None, "token_sha256", unique=True),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID]
    device_id: Mapped[UUID | None]
    token_sha256: Mapped[str]
    began_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str | None] = mapped_column(comment="where it began")
    browser: Mapped[str | None] = mapped_column(comment="User-Agent, cut")


class SignInTry(Base):
    """How often a name was tried in vain, over all addresses or from one of them; names are kept as hashes.

    It belongs to no jurisdiction, for a name that nobody has is throttled like any other.
    """

    __tablename__ = "sign_in_try"

    key_sha256: Mapped[str] = mapped_column(primary_key=True)
    tries: Mapped[int]
    last_try_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]
    succeeded_at: Mapped[datetime | None]


class ApiToken(Base):
    """A machine client's key to some permissions; kept as its hash only."""

    __tablename__ = "api_token"
    __table_args__ = (Index(None, "token_sha256", unique=True),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    scopes: Mapped[list[str]]
    token_sha256: Mapped[str]
    issued_at: Mapped[datetime]
    issued_by: Mapped[UUID]
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    request_sha256: Mapped[str]


class AccountImport(Base):
    """One file of accounts: what became of its rows."""

    __tablename__ = "account_import"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(comment="who sent it")
    filename: Mapped[str]
    file_sha256: Mapped[str]
    mode: Mapped[str] = mapped_column(comment="all | good_rows")
    at: Mapped[datetime]
    opened: Mapped[int]
    unchanged: Mapped[int]
    linked: Mapped[int] = mapped_column(server_default="0", comment="accounts that got their inspector")
    bad_rows: Mapped[list[Any]]
