"""What an event is about to those who look at a screen: its topic, and the permission to hear of it. Pure."""

from collections.abc import Collection, Iterable, Mapping

INBOX = "inbox"
"""The listener's own inbox: heard by whoever it belongs to, and by nobody else."""
OWN_EVENTS = ("notifications.notified", "notifications.inbox_read")
_TOPICS: Mapping[str, tuple[str, str]] = {
    "account.": ("accounts", "account.read"),
    "calendar.": ("calendar", "setting.read"),
    "catalogue.": ("catalogue", "catalogue.read"),
    "department.": ("departments", "setting.read"),
    "draw.": ("draws", "plan.read"),
    "followup.": ("follow_ups", "inspection.read"),
    "inspections.": ("inspections", "inspection.read"),
    "notifications.message_sent": ("messages", "inspection.read"),
    "planning.": ("plans", "plan.read"),
    "publication.": ("publication", "publication.read"),
    "registry.target": ("targets", "target.read"),
    "registry.": ("people", "inspector.read"),
    "setting.": ("settings", "setting.read"),
}
"""Beginning of an event's name -> topic and permission; the first that fits counts."""
_NOBODY_S_BUSINESS = ("account.signed_in", "account.signed_out", "account.session_resumed")


def topic_of(name: str, permissions: Collection[str]) -> str | None:
    """The topic of an event for a listener; none where he may not hear of it, or no screen shows it."""
    if name in OWN_EVENTS:
        return INBOX
    if name in _NOBODY_S_BUSINESS:
        return None
    for beginning, (topic, permission) in _TOPICS.items():
        if name.startswith(beginning):
            return topic if permission in permissions else None
    return None


def topics_of(names: Iterable[str], permissions: Collection[str]) -> list[str]:
    """The topics of some events, each once, sorted."""
    found = (topic_of(name, permissions) for name in names)
    return sorted({topic for topic in found if topic is not None})


def all_topics(permissions: Collection[str]) -> list[str]:
    """Whatever a listener may hear of: what he is told when nobody knows any more what he missed."""
    return sorted({topic for topic, permission in _TOPICS.values() if permission in permissions} | {INBOX})
