"""What follows events of lower slices."""

from palmcheck.inspections.events import PartCompleted
from palmcheck.jurisdictions.events import CalendarChanged
from palmcheck.kernel.events import reaction
from palmcheck.publication.publishing import publish_record
from palmcheck.publication.recounting import recount_deadlines

REACTIONS = [reaction(PartCompleted, publish_record), reaction(CalendarChanged, recount_deadlines)]
