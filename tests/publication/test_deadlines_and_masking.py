"""Pure rules of publication: the last day, the days used, and what is masked (R10, R18): by property."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis.strategies import dates, integers, none, sampled_from, text

from palmcheck.publication.deadlines import days_used, publication_due
from palmcheck.publication.masking import public_name

DAYS = dates(date(2026, 1, 1), date(2026, 12, 31))
WORKS = {date(2026, 1, 1) + timedelta(n): (date(2026, 1, 1) + timedelta(n)).weekday() < 5 for n in range(500)}
NAMES = text("张王李赵欧阳明华小店", min_size=1, max_size=20)
KINDS = sampled_from(["enterprise", "individual_business", "cooperative"])
CODES = sampled_from(["92510198MA000001X8", "91510198MA000003XD"])


@given(formed=DAYS, days=integers(1, 60))
def test_who_publishes_on_the_last_day_has_used_all_days(formed: date, days: int) -> None:
    due = publication_due(formed, days, WORKS)

    assert due is not None
    assert days_used(formed, due, WORKS) == days
    assert days_used(formed, formed, WORKS) == 0


@given(formed=DAYS, days=integers(1, 60))
def test_where_the_calendar_ends_nothing_is_said(formed: date, days: int) -> None:
    until = {day: works for day, works in WORKS.items() if day <= formed}

    assert publication_due(formed, days, until) is None
    assert days_used(formed, formed + timedelta(1), until) is None


@given(name=NAMES)
def test_of_a_private_person_the_first_character_is_shown_and_no_other(name: str) -> None:
    shown = public_name(name, "individual_business", None)

    assert shown[0] == name[0]
    assert set(shown[1:]) == {"*"}
    assert len(shown) == max(2, len(name))


@given(name=NAMES, kind=KINDS, code=CODES | none())
def test_a_registered_name_is_public_as_it_stands(name: str, kind: str, code: str | None) -> None:
    if code is not None or kind != "individual_business":
        assert public_name(name, kind, code) == name
