"""What goes out of the slice."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from palmcheck.kernel.clock import Instant


class RecordTask(Struct, frozen=True):
    """The plan task that led to the inspection."""

    number: str
    name: str


class RecordTarget(Struct, frozen=True):
    """Who was inspected; the name is masked where the law asks for it (R18)."""

    name: str
    credit_code: str | None


class RecordItem(Struct, frozen=True):
    """The result of one item, as a code and its fixed sentence."""

    code: str
    name: str
    result_code: str
    result_sentence: str


class PublicRecordView(Struct, frozen=True):
    """A department's result on one target, public. `working_days_used`: from the result to its publication."""

    id: UUID
    version: int
    plan_task: RecordTask
    draw_kind: str
    department: str
    jurisdiction: str
    method: str
    completed_on: date
    published_at: Instant
    target: RecordTarget
    result_code: str
    result_sentence: str
    items: list[RecordItem]
    channel: str
    working_days_used: int | None
    url: str
