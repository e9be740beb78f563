"""What follows events, and what the clock brings."""

from palmcheck.inspections.events import PartCompleted
from palmcheck.jurisdictions.events import CalendarChanged
from palmcheck.kernel.events import reaction
from palmcheck.kernel.timers import Timer
from palmcheck.publication.events import PhotoDecided, PublicationReleased, RecordWithdrawn
from palmcheck.publication.lapsing import lapse_reviews
from palmcheck.publication.photographing import remove_copies, remove_copy_of
from palmcheck.publication.publishing import publish_record
from palmcheck.publication.recounting import recount_deadlines
from palmcheck.publication.taking_up import take_up

REACTIONS = [
    reaction(PartCompleted, take_up),
    reaction(PublicationReleased, publish_record),
    reaction(CalendarChanged, recount_deadlines),
    reaction(RecordWithdrawn, remove_copies),
    reaction(PhotoDecided, remove_copy_of),
]
TIMERS = [Timer("publication.lapse_reviews", "13 * * * *", lapse_reviews)]
