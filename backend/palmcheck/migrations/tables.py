"""Every table of every slice in one metadata: what the migrations must lead to."""

import palmcheck.accounts.models
import palmcheck.catalogue.models
import palmcheck.draws.models
import palmcheck.evidence.models
import palmcheck.field.models
import palmcheck.inspections.models
import palmcheck.jurisdictions.models
import palmcheck.kernel.server_secret
import palmcheck.kernel.trail
import palmcheck.planning.models
import palmcheck.publication.models
import palmcheck.registry.models
from palmcheck.kernel.database import Base

metadata = Base.metadata
"""Importing the slices' models above has filled it."""
