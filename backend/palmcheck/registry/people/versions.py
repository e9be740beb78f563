"""An inspector's row as it stands, kept beside the trail, which has no personal data (R18)."""

from datetime import datetime

import msgspec

from palmcheck.registry.models import Inspector
from palmcheck.registry.people.models import InspectorVersion

FIELDS = ("department_id", "name", "post", "unit", "staff_kind", "certificate_number", "certificate_expires_on",
          "qualification", "expertise", "region")  # fmt: skip
KEPT = (*FIELDS, "status", "review_state", "reviewed_on", "review_reference", "left_on", "left_because")


def version_of(row: Inspector, at: datetime) -> InspectorVersion:
    """The version to keep of a row as it stands."""
    shown = msgspec.to_builtins({name: getattr(row, name) for name in KEPT})
    return InspectorVersion(
        jurisdiction_id=row.jurisdiction_id, inspector_id=row.id, version=row.version, at=at, row=shown
    )
