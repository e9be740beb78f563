"""What follows events, and what the clock brings."""

from palmcheck.evidence.events import UploadCompleted
from palmcheck.evidence.keeping import expire_uploads, remove_orphans
from palmcheck.evidence.thumbnails import make_thumbnail
from palmcheck.kernel.events import reaction
from palmcheck.kernel.timers import Timer

REACTIONS = [reaction(UploadCompleted, make_thumbnail)]
TIMERS = [
    Timer("evidence.expire_uploads", "7 * * * *", expire_uploads),
    Timer("evidence.remove_orphans", "37 18 * * *", remove_orphans),  # in the small hours of Shanghai
]
