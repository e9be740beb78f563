"""What goes in and out of the slice."""

from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.jurisdictions.types import DepartmentRef, FileFault, JurisdictionRef
from palmcheck.kernel.clock import Instant

ItemClass = Literal["general", "key"]
Method = Literal["on_site", "written", "online"]
ItemSort = Literal["code", "-code", "listed_at", "-listed_at"]
ItemStanding = Literal["listed", "retired"]
ClaimStanding = Literal[
    "to_claim",
    "claimed",
    "not_drawn_up",
    "drawn_up",
    "not_broken_down",
    "broken_down",
    "not_compliant",
    "compliant",
]
MissingState = Literal["sent", "taken_up", "declined"]
ImplementationState = Literal["drawn_up", "compliant"]
Ratio = Annotated[int, Meta(ge=0, le=10_000, description="in 1/10,000")]
Line = Annotated[str, Meta(min_length=1, max_length=200)]
Text = Annotated[str, Meta(max_length=4000)]
GivenText = Annotated[str, Meta(min_length=1, max_length=4000)]
Reason = Annotated[str, Meta(max_length=500)]


class CheckItemRef(Struct, frozen=True):
    """An item as other records name it."""

    id: UUID
    code: str
    name: str


class ChecklistVersionView(Struct, frozen=True):
    """One version of a checklist, whole."""

    id: UUID
    code: str
    version: int
    content: Checklist


class NewCheckItem(Struct, frozen=True):
    """An item to list. `ratio_cap` in 1/10,000; None for key items (R6)."""

    code: str
    name: str
    big_class: str
    department_id: UUID
    item_class: ItemClass
    basis: str
    method: str
    ratio_cap: int | None = None
    area: str = ""
    target_range: str = ""
    content: str = ""
    method_note: str = ""
    visits_cap: int | None = None
    ratios: dict[str, int] = {}
    is_joint: bool = False
    joint_department_ids: list[UUID] = []
    standards: list[str] = []
    checklist_code: str | None = None
    note: str = ""
    upper_item_id: UUID | None = None


class SaveItem(Struct, frozen=True, forbid_unknown_fields=True):
    """What an item says. `ratio_cap` and `ratios` (class A to D) in 1/10,000; key items have no cap (R6)."""

    code: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]{0,31}(?!\n)$")]
    name: Line
    big_class: Line
    department_id: UUID
    item_class: ItemClass
    basis: GivenText
    method: Method
    ratio_cap: Ratio | None = None
    area: Annotated[str, Meta(max_length=200)] = ""
    target_range: Text = ""
    content: Text = ""
    method_note: Annotated[str, Meta(max_length=200)] = ""
    visits_cap: Annotated[int, Meta(ge=1, le=366)] | None = None
    ratios: dict[Literal["A", "B", "C", "D"], Ratio] = {}
    is_joint: bool = False
    joint_department_ids: list[UUID] = []
    standards: Annotated[list[Line], Meta(max_length=20)] = []
    checklist_code: str | None = None
    note: Text = ""


class AmendItem(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole item as it is to be from now on, and why."""

    item: SaveItem
    reason: Reason


class GiveReason(Struct, frozen=True, forbid_unknown_fields=True):
    """Why something is done."""

    reason: Reason


class ItemRow(Struct, frozen=True):
    """An item as a list shows it."""

    id: UUID
    jurisdiction_id: UUID
    code: str
    name: str
    big_class: str
    area: str
    department: DepartmentRef
    joint_departments: list[DepartmentRef]
    item_class: ItemClass
    is_joint: bool
    method: str
    ratio_cap: int | None
    checklist_code: str | None
    target_range: str
    version: int
    claimed: bool
    listed_at: Instant | None
    retired_at: Instant | None


class ItemVersionView(Struct, frozen=True):
    """What an item said from an instant on."""

    version: int
    since: Instant
    reason: str
    author_name: str | None
    content: dict[str, Any]


class ImplementationView(Struct, frozen=True):
    """What a department makes of an item. `unit` null: not broken down to a unit yet."""

    id: UUID
    check_item: CheckItemRef
    department: DepartmentRef
    version: int
    basis: str
    subject: str
    content: str
    method: str
    unit: str | None
    state: ImplementationState
    drawn_up_at: Instant
    compliant_at: Instant | None


class ItemDetail(Struct, frozen=True):
    """An item whole: what it says, what it said, and what the departments make of it.

    `may_edit`: the caller may amend or retire it; `may_reinstate`: it is retired, and he may put it back.
    """

    row: ItemRow
    item: dict[str, Any]
    versions: list[ItemVersionView]
    implementations: list[ImplementationView]
    may_edit: bool
    may_reinstate: bool


class ItemFileReport(Struct, frozen=True):
    """What a file of items came to; lines with a fault were left out."""

    new: int
    changed: int
    unchanged: int
    faults: list[FileFault]


class UpperItemView(Struct, frozen=True):
    """An item on the list of the level above, the own item that claims it if any, and how far that has come."""

    id: UUID
    jurisdiction: JurisdictionRef
    code: str
    name: str
    big_class: str
    department_name: str
    department_code: str
    item_class: ItemClass
    basis: str
    claimed_by: CheckItemRef | None
    drawn_up: bool
    broken_down: bool
    compliant: bool


class ClaimBoard(Struct, frozen=True):
    """The upper level's items; counted: to be claimed in all, claimed of them, drawn up, broken down, compliant."""

    items: list[UpperItemView]
    next: str | None
    total: int
    claimed: int
    drawn_up: int
    compliant: int
    broken_down: int


class ClaimItem(Struct, frozen=True, forbid_unknown_fields=True):
    """Which department here takes the item on. The new item has the id that the client minted."""

    id: UUID
    department_id: UUID


class ReportMissing(Struct, frozen=True, forbid_unknown_fields=True):
    """An item that the list above lacks."""

    department_id: UUID
    name: Line
    basis: GivenText
    reason: Reason


class AnswerMissing(Struct, frozen=True, forbid_unknown_fields=True):
    """What the level above says to a report."""

    state: Literal["taken_up", "declined"]
    answer: Reason


class MissingItemView(Struct, frozen=True):
    """A report of a missing item. `may_answer`: it came from below, and the caller may answer it."""

    id: UUID
    jurisdiction: JurisdictionRef
    department_name: str
    name: str
    basis: str
    reason: str
    state: MissingState
    answer: str | None
    sent_at: Instant
    answered_at: Instant | None
    may_answer: bool


class DrawUp(Struct, frozen=True, forbid_unknown_fields=True):
    """What a department makes of an item."""

    check_item_id: UUID
    department_id: UUID
    basis: GivenText
    subject: Line
    content: GivenText
    method: Line


class BreakDown(Struct, frozen=True, forbid_unknown_fields=True):
    """The unit that does it."""

    unit: Line
