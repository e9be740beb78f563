"""The show-code: it says what was put into it, and nobody else can make or bend one."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from palmcheck.field.show_codes import AT_LEAST_DAYS, ShowCode, last_day_of, make_show_code, read_show_code
from palmcheck.kernel.signatures import from_base64url, to_base64url

KEYS = st.binary(min_size=32, max_size=32)
DAYS = st.dates(date(2020, 1, 1), date(2190, 1, 1))
SAID = st.builds(ShowCode, st.uuids(), st.uuids(), DAYS)


@given(KEYS, SAID)
def test_a_code_says_what_was_put_into_it(key: bytes, said: ShowCode) -> None:
    assert read_show_code(key, make_show_code(key, said)) == said


@given(KEYS, SAID, st.integers(0, 45), st.integers(1, 255))
def test_a_bent_code_says_nothing(key: bytes, said: ShowCode, at: int, flip: int) -> None:
    raw = bytearray(from_base64url(make_show_code(key, said)))
    raw[at] ^= flip

    assert read_show_code(key, to_base64url(bytes(raw))) is None


@given(KEYS, KEYS, SAID)
def test_another_servers_code_says_nothing(key: bytes, other: bytes, said: ShowCode) -> None:
    assert read_show_code(other, make_show_code(key, said)) is None or key == other


@given(KEYS, st.text(max_size=90))
def test_any_other_text_says_nothing(key: bytes, text: str) -> None:
    assert read_show_code(key, text) is None


@given(DAYS, DAYS)
def test_a_code_is_good_until_the_visit_is_due_and_a_week_at_least(due_on: date, today: date) -> None:
    last = last_day_of(due_on, today)

    assert last >= due_on
    assert last >= today + timedelta(days=AT_LEAST_DAYS)
    assert last in {due_on, today + timedelta(days=AT_LEAST_DAYS)}
