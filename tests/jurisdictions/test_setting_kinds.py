"""What a setting takes, and that the registry is whole."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palmcheck.jurisdictions.settings import ORDERED, SETTINGS
from palmcheck.jurisdictions.settings.kinds import Setting, count, is_month_day, ratio

CAP = count("x.count", "draw", 3, "visits", "ours", between=(1, 9))


@pytest.mark.parametrize("each", SETTINGS.values(), ids=SETTINGS)
def test_every_setting_takes_its_default_and_names_its_source(each: Setting[int]) -> None:
    assert each.takes(each.default)
    assert each.source
    assert each.kind == "choice" or not each.choices
    if each.kind in {"integer", "ratio"}:
        assert each.minimum is not None
        assert each.maximum is not None


def test_defaults_that_domain_md_prints_in_bold() -> None:
    bold = {
        "publication.days": 20,
        "publication.clock": "result_formed",
        "publication.review": "none",
        "invitation.reply_days": 10,
        "invitation.task_period_min": 1,
        "invitation.task_period_max": 3,
        "draw.organise_days": 5,
        "palm_rate.threshold": 9000,
        "credit_risk_application.threshold": 9000,
        "plan_coverage.threshold": 8000,
        "joint_share.threshold": 1500,
        "plan.tasks_done_by": "11-30",
        "not_joint.most": 0,
    }
    assert {key: SETTINGS[key].default for key in bold} == bold


def test_pairs_are_ordered_by_default() -> None:
    assert all(low.default <= high.default for low, high in ORDERED)


@given(st.integers())
def test_a_count_takes_exactly_what_lies_between_its_bounds(value: int) -> None:
    assert CAP.takes(value) == (1 <= value <= 9)


@given(st.one_of(st.booleans(), st.floats(), st.text(), st.none(), st.lists(st.integers())))
def test_a_number_takes_no_other_type(value: object) -> None:
    assert not CAP.takes(value)
    assert not ratio("x.ratio", "draw", 1, "ours").takes(value)


@given(st.dates(date(2024, 1, 1), date(2024, 12, 31)))
def test_a_day_of_every_year(day: date) -> None:
    assert is_month_day(f"{day:%m-%d}") == ((day.month, day.day) != (2, 29))


@pytest.mark.parametrize("text", ["", "1-1", "13-01", "02-30", "01-01 ", "0101", "01-01-01"])
def test_no_day(text: str) -> None:
    assert not is_month_day(text)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_console_has_a_word_for_every_setting_and_none_too_many(language: str) -> None:
    catalogue = Path(__file__).parents[2] / "pwa" / "src" / "messages" / f"settings.{language}.json"
    words = set(json.loads(catalogue.read_text(encoding="utf-8")))
    settings = SETTINGS.values()
    needed = {f"name.{each.key}" for each in settings} | {f"theme.{each.theme}" for each in settings}
    needed |= {f"unit.{each.unit}" for each in settings if each.kind == "integer"}
    needed |= {f"choice.{each.key}.{option}" for each in settings for option in each.choices}
    assert words == needed
