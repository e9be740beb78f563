"""The row that a new target becomes, for one and for many at once."""

from typing import Any
from uuid import UUID

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from palmcheck.kernel.grams import searchable
from palmcheck.kernel.ids import new_id
from palmcheck.registry.models import Target
from palmcheck.registry.problems import CreditCodeInvalid
from palmcheck.registry.types import NewTarget


def new_target_row(jurisdiction_id: UUID, new: NewTarget) -> Target:
    """A row with an id of its own and all that search needs. Raises CreditCodeInvalid."""
    return Target(**new_target_columns(jurisdiction_id, new))


def new_target_columns(jurisdiction_id: UUID, new: NewTarget) -> dict[str, Any]:
    """The same as plain columns, in one order for all: a COPY needs no mapped object. Raises CreditCodeInvalid."""
    if new.credit_code is not None:
        try:
            uscc.validate(new.credit_code)
        except ValidationError as wrong:
            raise CreditCodeInvalid(field="credit_code", credit_code=new.credit_code) from wrong
    found_by = searchable(new.name, new.credit_code)
    return {
        "jurisdiction_id": jurisdiction_id,
        "id": new_id(),
        "name": new.name,
        "kind": new.kind,
        "credit_code": new.credit_code,
        "legal_representative": new.legal_representative,
        "address": new.address,
        "latitude": new.position.latitude if new.position else None,
        "longitude": new.position.longitude if new.position else None,
        "industry_code": new.industry.code,
        "industry_name": new.industry.name,
        "status": new.status,
        "credit_risk_class": new.credit_risk_class,
        "grams": found_by.grams,
        "search_text": found_by.text,
        "pinyin": found_by.pinyin,
    }
