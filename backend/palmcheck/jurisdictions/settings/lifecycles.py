"""Clocks and dates of plans, invitations, draws, visits and publication (domain.md 3, 5 and 7).

Every one that the notices name stands here. Those of planning, invitations, reminders, recognition and coverage
are read by the slices that later issues bring; until then they are kept, shown and changed like the others.
"""

from typing import Any

from palmcheck.jurisdictions.settings.kinds import Setting, choice, count, days, flag, month_day, ratio

PLAN_DUE_ON = month_day("plan.due_on", "plan", "01-31", "S1", "R10")
PLAN_DUE_IN = choice("plan.due_in", "plan", ("same_year", "year_before"), "S1; S3", "R10")
PLAN_PUBLIC_BY = month_day("plan.public_by", "plan", "03-30", "S2", "R10")
TASKS_DONE_BY = month_day("plan.tasks_done_by", "plan", "11-30", "S0")
RESULTS_PUBLIC_BY = month_day("plan.results_public_by", "plan", "11-01", "S2", "R10")
HALF_YEAR_FIGURES_ON = month_day("plan.half_year_figures_on", "plan", "05-15", "S3")
YEAR_FIGURES_ON = month_day("plan.year_figures_on", "plan", "11-15", "S3")
YEARLY_SUMMARY_ON = month_day("plan.yearly_summary_on", "plan", "12-10", "S1")
UNIT_REPORTS = count("plan.unit_reports_a_year", "plan", 4, "a_year", "S1", between=(0, 12))
BULLETINS = count("plan.bulletins_a_year", "plan", 4, "a_year", "S0 (四)2", between=(0, 12))
JOINT_MEETINGS = count("plan.joint_meetings_a_year", "plan", 4, "a_year", "S3", between=(0, 12))

TASK_PERIOD_MIN = count("invitation.task_period_min", "invitation", 1, "months", "S4 二(二)", between=(0, 12))
TASK_PERIOD_MAX = count("invitation.task_period_max", "invitation", 3, "months", "S4 二(二)", between=(1, 24))
REPLY_DAYS = days("invitation.reply_days", "invitation", 10, "ours", most=60)

DRAW_ORGANISE_DAYS = days("draw.organise_days", "draw", 5, "S1 二(二)", "R4", most=60)
DRAW_AT_LEAST_ONE = flag("draw.at_least_one", "draw", True, "ours", "R4")
DRAW_RESERVE_PERCENT = count("draw.reserve_percent", "draw", 50, "percent_of_quota", "ours", "R5", between=(0, 500))
DRAW_MATCHING = choice("draw.matching", "draw", ("scattered", "grouped"), "S1 二(二)", "R5")
INSPECTORS_A_DEPARTMENT = count("draw.inspectors_a_department", "draw", 2, "persons", "L2 42", "R3", between=(2, 10))
INSPECTORS_ASSISTING = count("draw.inspectors_assisting", "draw", 1, "persons", "ours", "R3", between=(1, 10))
GENERAL_RATIO_CAP = ratio("draw.general_ratio_cap", "draw", 2000, "ours", "R6")

FREQUENCY_CAPS = {
    "A": count("risk.frequency_cap_a", "risk", 1, "visits_a_year", "ours", "R6", between=(0, 52)),
    "B": count("risk.frequency_cap_b", "risk", 1, "visits_a_year", "ours", "R6", between=(0, 52)),
    "C": count("risk.frequency_cap_c", "risk", 2, "visits_a_year", "ours", "R6", between=(0, 52)),
    "D": count("risk.frequency_cap_d", "risk", 4, "visits_a_year", "ours", "R6", between=(0, 52)),
}
"""By credit-risk class."""
PENALTY_YEARS = count("risk.penalty_years", "risk", 3, "years", "S1 一(五)", "R7", between=(1, 10))
COMPLAINT_YEARS = count("risk.complaint_years", "risk", 3, "years", "S1 一(五)", "R7", between=(1, 10))
FREQUENT_COMPLAINTS = count("risk.frequent_complaints", "risk", 3, "upheld_complaints", "ours", "R7", between=(1, 100))
FULL_COVERAGE_YEARS = count("risk.full_coverage_years", "risk", 2, "years", "L3 22", "R30", between=(1, 5))

REPEAT_MONTHS = count("visit.repeat_months", "visit", 12, "months", "ours", "R9", between=(1, 36))
RECOGNITION_MONTHS = count("visit.recognition_months", "visit", 6, "months", "ours", "R9", between=(0, 36))
AFTER_LICENCE_MONTHS = count("visit.after_licence_months", "visit", 12, "months", "L6 17", "R9", between=(0, 36))
NEAR_DAYS = count("visit.near_days", "visit", 7, "days", "ours", "R19", between=(1, 60))
TASK_REMINDER_DAYS = days("visit.reminder_days", "visit", 5, "ours", "R23", most=60)
DRAINING_DAYS = count("visit.draining_days", "visit", 90, "days", "ours", "R17", between=(1, 365))
CONTACT_ATTEMPTS = count("visit.contact_attempts", "visit", 2, "attempts", "ours", "R29", between=(1, 10))
CORRECTION_DAYS = days("visit.correction_days", "visit", 10, "ours", "R13", most=120)
PARTY_PAGE_DAYS = count("visit.party_page_days", "visit", 90, "days", "ours", "R29", between=(1, 730))
PHOTO_LONG_SIDE = count("visit.photo_long_side", "visit", 1600, "pixels", "ours", "R15", between=(800, 4000))
PHOTO_QUALITY = count("visit.photo_quality", "visit", 82, "percent", "ours", "R15", between=(50, 95))
UPLOAD_DAYS = count("visit.upload_days", "visit", 7, "days", "ours", "R15", between=(1, 60))
ORPHAN_DAYS = count("visit.orphan_days", "visit", 90, "days", "ours", "R15", between=(30, 730))

PUBLICATION_DAYS = days("publication.days", "publication", 20, "S0; S1 二(四)", "R12")
PUBLICATION_CLOCK = choice(
    "publication.clock", "publication", ("result_formed", "task_completed", "at_once"), "S1; S0; S4", "R12"
)
PUBLICATION_REVIEW = choice("publication.review", "publication", ("none", "second_officer"), "S2 三(三)", "R11")
REVIEW_DAYS = days("publication.review_days", "publication", 3, "ours", "R11", most=60)
PUBLICATION_REMINDER_DAYS = days("publication.reminder_days", "publication", 10, "ours", "R23", most=60)

LIFECYCLES: tuple[Setting[Any], ...] = (
    PLAN_DUE_ON,
    PLAN_DUE_IN,
    PLAN_PUBLIC_BY,
    TASKS_DONE_BY,
    RESULTS_PUBLIC_BY,
    HALF_YEAR_FIGURES_ON,
    YEAR_FIGURES_ON,
    YEARLY_SUMMARY_ON,
    UNIT_REPORTS,
    BULLETINS,
    JOINT_MEETINGS,
    TASK_PERIOD_MIN,
    TASK_PERIOD_MAX,
    REPLY_DAYS,
    DRAW_ORGANISE_DAYS,
    DRAW_AT_LEAST_ONE,
    DRAW_RESERVE_PERCENT,
    DRAW_MATCHING,
    INSPECTORS_A_DEPARTMENT,
    INSPECTORS_ASSISTING,
    GENERAL_RATIO_CAP,
    *FREQUENCY_CAPS.values(),
    PENALTY_YEARS,
    COMPLAINT_YEARS,
    FREQUENT_COMPLAINTS,
    FULL_COVERAGE_YEARS,
    REPEAT_MONTHS,
    RECOGNITION_MONTHS,
    AFTER_LICENCE_MONTHS,
    NEAR_DAYS,
    TASK_REMINDER_DAYS,
    DRAINING_DAYS,
    CONTACT_ATTEMPTS,
    CORRECTION_DAYS,
    PARTY_PAGE_DAYS,
    PHOTO_LONG_SIDE,
    PHOTO_QUALITY,
    UPLOAD_DAYS,
    ORPHAN_DAYS,
    PUBLICATION_DAYS,
    PUBLICATION_CLOCK,
    PUBLICATION_REVIEW,
    REVIEW_DAYS,
    PUBLICATION_REMINDER_DAYS,
)
