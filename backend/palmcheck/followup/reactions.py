"""What follows events of lower slices."""

from palmcheck.followup.opening import follow_decision, open_with_result
from palmcheck.inspections.events import DisputeDecided, PartSubmitted
from palmcheck.kernel.events import reaction

REACTIONS = [reaction(PartSubmitted, open_with_result), reaction(DisputeDecided, follow_decision)]
