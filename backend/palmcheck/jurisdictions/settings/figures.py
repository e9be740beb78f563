"""Thresholds of every figure of domain.md 5, and which proofs an inspection must have to count as evidenced.

The figures of the metrics slice read theirs; the other thresholds wait for the figures of later work.
"""

from typing import Any

from palmcheck.jurisdictions.settings.kinds import Setting, choice, count, flag, ratio

PALM_RATE_THRESHOLD = ratio("palm_rate.threshold", "figures", 9000, "S0 二(二)3")
PALM_RATE_VARIANT = choice("palm_rate.variant", "figures", ("nominal", "evidenced", "confirmed"), "S0 二(二)3")
DUE_ON_TIME = ratio("due_on_time.threshold", "figures", 10_000, "S0", "R23")
TARGET_COMPLETION = ratio("target_completion.threshold", "figures", 10_000, "S2", "R12")
PLAN_COMPLETION = ratio("plan_completion.threshold", "figures", 10_000, "S0; S2; S4")
PUBLICATION_RATE = ratio("publication_rate.threshold", "figures", 10_000, "S0; S2; S4", "R12")
ON_TIME_PUBLICATION = ratio("on_time_publication.threshold", "figures", 10_000, "S0; S1", "R12")
FOLLOW_UP_RATE = ratio("follow_up_rate.threshold", "figures", 10_000, "S0; S2", "R13")
CREDIT_RISK_APPLICATION = ratio("credit_risk_application.threshold", "figures", 9000, "S0; S2", "R7")
PLAN_COVERAGE = ratio("plan_coverage.threshold", "figures", 8000, "S2")
JOINT_SHARE = ratio("joint_share.threshold", "figures", 1500, "S2")
NOT_JOINT = count("not_joint.most", "figures", 0, "visits", "S0 (二)2", "R8", between=(0, 1000))
NOT_ON_SITE = count("not_on_site.most", "figures", 0, "parts", "S0 (二)2", between=(0, 1000))
NEWS_A_MONTH = count("news.a_month", "figures", 2, "a_month", "S0 二(三)3", between=(0, 100))
NEWS_A_YEAR = count("news.a_year", "figures", 20, "a_year", "S0 二(三)3", between=(0, 1000))
EXPOSURE_A_YEAR = count("exposure.a_year", "figures", 5, "a_year", "S0 二(三)3", between=(0, 1000))

INSPECTOR_COVERAGE = ratio("inspector_coverage.threshold", "item_figures", 10_000, "S0; S2")
ACCOUNT_RATE = ratio("account_rate.threshold", "item_figures", 10_000, "S0 (三)1")
CLAIM_RATE = ratio("claim_rate.threshold", "item_figures", 10_000, "S0 (三)2")
BREAKDOWN_RATE = ratio("breakdown_rate.threshold", "item_figures", 10_000, "S0 (三)2")
DRAWN_UP_RATE = ratio("drawn_up_rate.threshold", "item_figures", 10_000, "S0 (三)2")
COMPLIANT_RATE = ratio("compliant_rate.threshold", "item_figures", 10_000, "S0 (三)2")
ITEM_COVERAGE = ratio("item_coverage.threshold", "item_figures", 10_000, "S0 (三)2")
INFORMATION_ENTRY = ratio("information_entry.threshold", "item_figures", 10_000, "S0 (三)3")

PROOF_DEVICE = flag("proof.device_signature", "proofs", True, "ours", "R17")
PROOF_CHECK_IN = flag("proof.check_in", "proofs", True, "S0 (二)2", "R25")
PROOF_PHOTOS = flag("proof.photos", "proofs", True, "ours", "R15")
PROOF_OFFICERS = flag("proof.officer_signatures", "proofs", True, "L2 42; L3 23", "R3")
PROOF_PARTY = flag("proof.party", "proofs", True, "L3 34", "R29")
PROOF_ENTERPRISE = flag("proof.enterprise_confirmation", "proofs", False, "ours", "R25")
PROOF_LICENCE_SCAN = flag("proof.licence_scan", "proofs", False, "ours", "R25")
PROOF_DISTANCE = count("proof.distance", "proofs", 500, "metres", "ours", "R25", between=(50, 20_000))
PROOF_NONCE_HOURS = count("proof.nonce_hours", "proofs", 72, "hours", "ours", "R15", between=(1, 720))
PROOF_DWELL_MINUTES = count("proof.dwell_minutes", "proofs", 5, "minutes", "ours", "R15", between=(0, 240))

FIGURES: tuple[Setting[Any], ...] = (
    PALM_RATE_THRESHOLD,
    PALM_RATE_VARIANT,
    DUE_ON_TIME,
    TARGET_COMPLETION,
    PLAN_COMPLETION,
    PUBLICATION_RATE,
    ON_TIME_PUBLICATION,
    FOLLOW_UP_RATE,
    CREDIT_RISK_APPLICATION,
    PLAN_COVERAGE,
    JOINT_SHARE,
    NOT_JOINT,
    NOT_ON_SITE,
    NEWS_A_MONTH,
    NEWS_A_YEAR,
    EXPOSURE_A_YEAR,
    INSPECTOR_COVERAGE,
    ACCOUNT_RATE,
    CLAIM_RATE,
    BREAKDOWN_RATE,
    DRAWN_UP_RATE,
    COMPLIANT_RATE,
    ITEM_COVERAGE,
    INFORMATION_ENTRY,
    PROOF_DEVICE,
    PROOF_CHECK_IN,
    PROOF_PHOTOS,
    PROOF_OFFICERS,
    PROOF_PARTY,
    PROOF_ENTERPRISE,
    PROOF_LICENCE_SCAN,
    PROOF_DISTANCE,
    PROOF_NONCE_HOURS,
    PROOF_DWELL_MINUTES,
)
