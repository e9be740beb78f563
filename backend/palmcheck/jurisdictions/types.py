"""What goes in and out of the slice."""

from uuid import UUID

from msgspec import Struct


class DepartmentRef(Struct, frozen=True):
    """A department as other records name it."""

    id: UUID
    name: str
    code: str


class JurisdictionRef(Struct, frozen=True):
    """A jurisdiction as other records name it."""

    id: UUID
    name: str


class NewDepartment(Struct, frozen=True):
    """A department to found with its jurisdiction."""

    code: str
    name: str


class NewJurisdiction(Struct, frozen=True):
    """A jurisdiction to found."""

    id: UUID
    code: str
    name: str
    level: str
    departments: tuple[NewDepartment, ...]
    parent_id: UUID | None = None
