"""Which facts count (R7, S1 一(五))."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from palmcheck.registry.fact_counting import counts, counts_since

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_years_to_the_day() -> None:
    assert counts_since(date(2026, 11, 24), 3) == date(2023, 11, 24)
    assert counts_since(date(2028, 2, 29), 3) == date(2025, 3, 1)
    assert counts_since(date(2026, 11, 24), 1) == date(2025, 11, 24)


@given(on=DAYS, ago=st.integers(-400, 3000))
def test_what_counts_today_counted_every_day_since_it_happened(on: date, ago: int) -> None:
    happened = on - timedelta(ago)
    if counts(happened, on, 3):
        assert 0 <= ago <= 1096
        assert all(counts(happened, on - timedelta(back), 3) for back in range(0, ago + 1, 97))
    elif ago >= 0:
        assert not counts(happened, on + timedelta(1), 3)
