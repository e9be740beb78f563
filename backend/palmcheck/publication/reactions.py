"""What follows events of lower slices."""

from palmcheck.inspections.events import PartCompleted
from palmcheck.kernel.events import reaction
from palmcheck.publication.publishing import publish_record

REACTIONS = [reaction(PartCompleted, publish_record)]
