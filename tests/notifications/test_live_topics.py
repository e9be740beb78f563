"""Topics: every event that the slices know is some screen's business, or is left out on purpose."""

from hypothesis import given
from hypothesis import strategies as st

from palmcheck.accounts.permissions import ROLE_PERMISSIONS, permissions_of
from palmcheck.kernel.events import Event
from palmcheck.notifications.live_topics import INBOX, all_topics, topic_of, topics_of

EVERYTHING = permissions_of(ROLE_PERMISSIONS)
UNSEEN = {
    "account.signed_in",
    "account.signed_out",
    "account.session_resumed",
    "evidence.upload_completed",
    "evidence.upload_created",
    "evidence.upload_reopened",
    "evidence.upload_terminated",
    "field.feed_extended",
    "field.operation_accepted",
    "field.operation_rejected",
    "field.unsent_file_opened",
    "field.vault_opened",
    "jurisdiction.founded",
    "notifications.reminded",
}
"""What no screen of the console shows by itself: a photo that arrived is an event of its inspection."""


def names() -> set[str]:
    return {each.name for each in Event.__subclasses__() if each.__module__.startswith("palmcheck.")}


def test_every_event_has_a_topic_or_is_left_out_on_purpose() -> None:
    assert {name for name in names() if topic_of(name, EVERYTHING) is None} <= UNSEEN
    assert len(names()) > 50


def test_who_may_not_read_a_thing_does_not_hear_of_it() -> None:
    inspector = ROLE_PERMISSIONS["inspector"]

    assert topic_of("account.opened", inspector) is None
    assert topic_of("inspections.checked_in", inspector) == "inspections"
    assert topic_of("notifications.notified", frozenset()) == INBOX


@given(st.sets(st.sampled_from(sorted(names()))), st.sampled_from(sorted(ROLE_PERMISSIONS)))
def test_no_news_are_outside_of_all_that_one_may_hear(happened: set[str], role: str) -> None:
    permissions = ROLE_PERMISSIONS[role]

    assert set(topics_of(happened, permissions)) <= set(all_topics(permissions))
