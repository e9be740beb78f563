"""What follows events of lower slices."""

from palmcheck.draws.events import DrawIssued
from palmcheck.inspections.issuing import make_inspections
from palmcheck.kernel.events import reaction

REACTIONS = [reaction(DrawIssued, make_inspections)]
