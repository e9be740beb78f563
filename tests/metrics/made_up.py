"""Facts that a machine made up."""

from datetime import date, timedelta

from hypothesis.strategies import SearchStrategy, booleans, builds, dates, integers, none, sampled_from

from palmcheck.metrics.facts import KINDS, Part, Problem

TODAY = date(2026, 11, 20)
DAYS = dates(TODAY - timedelta(days=200), TODAY + timedelta(days=100))
MAYBE = none() | DAYS

PARTS: SearchStrategy[Part] = builds(
    Part,
    kind=sampled_from(KINDS),
    method=sampled_from(["on_site", "written", "online"]),
    leads=booleans(),
    entry=none() | sampled_from(["mobile", "desk"]),
    formed_on=MAYBE,
    due_on=DAYS,
    visit_problem=booleans(),
    visit_counted=booleans(),
    public_by=MAYBE,
    published_on=MAYBE,
    withheld_on=MAYBE,
)
PROBLEMS: SearchStrategy[Problem] = builds(
    Problem, kind=sampled_from(KINDS), found_on=DAYS, due_on=MAYBE, disposed_on=MAYBE, closed=booleans()
)
LATER = integers(0, 400)
