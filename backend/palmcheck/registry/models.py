"""Tables of the slice."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Computed, Index, LargeBinary, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base

FACETS = (
    "array_cat(array['kind=' || kind, 'status=' || status, 'class=' || credit_risk_class, "
    "'industry=' || left(industry_code, 2), 'industry=' || left(industry_code, 3), 'industry=' || industry_code], tags)"
)
"""One array under one index for every filter of the registry; a tag holds no `=`, so that none looks like a filter."""

ORGANISATION_CODE = "case when length(credit_code) = 18 then substr(credit_code, 9, 9) end"
"""The part of a credit code that names the organisation: two registrations of one have it alike."""
PLACE_KEY = (
    "case when address <> '' then hashtextextended(lower(normalize("
    "regexp_replace(name || '|' || address, '\\s', '', 'g'), nfkc)), 0) end"
)
"""Name and address without spaces, capitals and full-width forms, as a number that an index holds cheaply."""


class Target(Base):
    """What is inspected (检查对象)."""

    __tablename__ = "target"
    __table_args__ = (
        Index(None, "grams", postgresql_using="gin"),
        Index(None, "jurisdiction_id", "credit_code", unique=True),
        Index(None, "jurisdiction_id", "registration_number", postgresql_where=text("registration_number is not null")),
        Index(None, "jurisdiction_id", "pinyin", "id"),
        Index(None, "facets", postgresql_using="gin"),
        *(
            Index(
                None, "jurisdiction_id", key, "id", postgresql_where=text(f"merged_into is null and {key} is not null")
            )
            for key in ("organisation_code", "place_key")
        ),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(
        comment="enterprise | individual_business | cooperative | product | project | behaviour"
    )
    credit_code: Mapped[str | None] = mapped_column(comment="GB 32100-2015")
    registration_number: Mapped[str | None] = mapped_column(comment="15 digits, of before the credit codes")
    external_ids: Mapped[dict[str, Any]] = mapped_column(
        server_default="{}", comment="other system's name -> its id (S1 一(二))"
    )
    department_ids: Mapped[list[UUID]] = mapped_column(
        ARRAY(Uuid), server_default="{}", comment="departments concerned; none: everybody's"
    )
    row_hash: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="of the row as last imported; null: it stood in no file"
    )
    legal_representative: Mapped[str | None] = mapped_column(comment="personal data, never public (R18)")
    address: Mapped[str]
    latitude: Mapped[float | None] = mapped_column(comment="WGS-84 degrees")
    longitude: Mapped[float | None] = mapped_column(comment="WGS-84 degrees")
    industry_code: Mapped[str] = mapped_column(comment="GB/T 4754")
    industry_name: Mapped[str]
    status: Mapped[str] = mapped_column(
        comment="operating | deregistered | revoked | moved | gone: a later list no longer names it"
    )
    credit_risk_class: Mapped[str] = mapped_column(comment="A | B | C | D")
    grams: Mapped[list[str]] = mapped_column(comment="kernel.grams.searchable, like the next two")
    search_text: Mapped[str] = mapped_column(server_default="", comment="what a query must occur in")
    pinyin: Mapped[str] = mapped_column(server_default="", comment="where the name stands among others")
    tags: Mapped[list[str]] = mapped_column(server_default="{}")
    responsible_id: Mapped[UUID | None] = mapped_column(
        comment="the entity answering for a product, project, behaviour"
    )
    merged_into: Mapped[UUID | None] = mapped_column(comment="the target that this one turned out to be; never drawn")
    facets: Mapped[list[str]] = mapped_column(ARRAY(Text), Computed(FACETS, persisted=True), comment="filters, tags")
    organisation_code: Mapped[str | None] = mapped_column(
        Computed(ORGANISATION_CODE, persisted=True), comment="finds duplicates"
    )
    place_key: Mapped[int | None] = mapped_column(
        BigInteger, Computed(PLACE_KEY, persisted=True), comment="finds duplicates"
    )


class Inspector(Base):
    """Who inspects (执法检查人员)."""

    __tablename__ = "inspector"
    __table_args__ = (Index(None, "jurisdiction_id", "certificate_number", unique=True),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    department_id: Mapped[UUID]
    name: Mapped[str]
    post: Mapped[str]
    certificate_number: Mapped[str]
    certificate_expires_on: Mapped[date]
    staff_kind: Mapped[str] = mapped_column(comment="enforcement | qualified | daily_supervision")
    status: Mapped[str] = mapped_column(comment="active | transferred | retired")
    unit: Mapped[str] = mapped_column(server_default="", comment="team, station or office of the department")
    qualification: Mapped[str] = mapped_column(server_default="")
    expertise: Mapped[list[str]] = mapped_column(server_default="{}", comment="tags")
    region: Mapped[str] = mapped_column(server_default="", comment="where he works; empty: everywhere")
    review_state: Mapped[str] = mapped_column(server_default="reviewed", comment="changed | refused | reviewed")
    reviewed_on: Mapped[date | None] = mapped_column(comment="by the justice department of the same level")
    review_reference: Mapped[str | None] = mapped_column(comment="its document's number")
    review_reason: Mapped[str | None] = mapped_column(comment="why it was refused")
    left_on: Mapped[date | None]
    left_because: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default="1", comment="counts changes; an editor names what he saw")
    search_text: Mapped[str] = mapped_column(server_default="", comment="kernel.grams.searchable, like pinyin")
    pinyin: Mapped[str] = mapped_column(server_default="")
