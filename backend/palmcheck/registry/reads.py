"""Selectables that upper slices may join."""

from sqlalchemy import select

from palmcheck.registry.models import Inspector, Target

target_rows = select(
    Target.jurisdiction_id, Target.id, Target.name, Target.kind, Target.credit_code, Target.address, Target.grams
)
inspector_rows = select(
    Inspector.jurisdiction_id, Inspector.id, Inspector.name, Inspector.certificate_number, Inspector.department_id
)
