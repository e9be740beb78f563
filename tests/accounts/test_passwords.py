"""What a password must be; that unknown names take as long."""

import time

import pytest

from palmcheck.accounts.password_rules import COMMONEST, SHORTEST, one_time_password, password_fault
from palmcheck.accounts.passwords import hash_password, hash_random, is_password
from tests.accounts.people import PASSWORD, Region
from tests.world.county import assert_problem


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("123456789", "too_short"),
        ("zhang.weiguo", "is_username"),
        ("ZHANG.Weiguo", "is_username"),
        ("1234567890", "too_common"),
        ("Password123", "too_common"),
        ("aaaaaaaaaaaa", "one_character"),
        ("山高水长-2026年", None),
        ("correct horse", None),
    ],
)
def test_the_rules(password: str, fault: str | None) -> None:
    assert password_fault(password, "zhang.weiguo") == fault


def test_the_list_of_the_commonest_holds_only_what_could_pass_otherwise() -> None:
    assert {each for each in COMMONEST if len(each) < SHORTEST} == set()


def test_one_time_passwords_differ_and_pass_the_rules() -> None:
    drawn = {one_time_password() for _ in range(1000)}

    assert len(drawn) == 1000
    assert {password_fault(each, "zhang.weiguo") for each in drawn} == {None}


def test_both_hashes_fit_their_password_only() -> None:
    for hashed in (hash_password("one"), hash_random("one")):
        assert is_password(hashed, "one")
        assert not is_password(hashed, "two")
    assert not is_password(None, "one")


def test_a_quick_hash_and_no_account_take_as_long_as_a_slow_one() -> None:
    def seconds(hashed: str | None) -> float:
        began = time.perf_counter()
        for _ in range(3):
            is_password(hashed, "not the password")
        return time.perf_counter() - began

    slow = seconds(hash_password("one"))

    assert seconds(hash_random("one")) > slow / 3
    assert seconds(None) > slow / 3


async def test_a_new_password_ends_every_other_session_and_keeps_this_one(region: Region) -> None:
    officer = await region.person("inspector")
    elsewhere = region.client()
    await region.sign_in(elsewhere, officer.username)
    change = {"current": PASSWORD, "new": "another long password"}

    answer = await officer.client.post("/api/accounts/me/password", json=change)

    assert answer.status_code == 204
    assert (await officer.client.get("/api/accounts/me")).status_code == 200
    assert_problem(await elsewhere.get("/api/accounts/me"), "accounts.signed_out")
    assert_problem(await region.sign_in(elsewhere, officer.username), "accounts.credentials_invalid")
    assert (await region.sign_in(elsewhere, officer.username, "another long password")).status_code == 201


@pytest.mark.parametrize("new", ["short", "1234567890", PASSWORD])
async def test_an_unfit_password_is_refused(region: Region, new: str) -> None:
    officer = await region.person("inspector")

    answer = await officer.client.post("/api/accounts/me/password", json={"current": PASSWORD, "new": new})

    assert_problem(answer, "accounts.password_unfit", field="new")
