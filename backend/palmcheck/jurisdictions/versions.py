"""Two people, one thing: a change names the version that it was made from (If-Match). Pure."""

from palmcheck.jurisdictions.problems import ChangedMeanwhile, ReasonMissing, VersionNeeded


def require_version(if_match: str | None, version: int) -> None:
    """Passes when `if_match` names this version. Raises VersionNeeded or ChangedMeanwhile."""
    if if_match is None:
        raise VersionNeeded
    if if_match.strip() != etag(version):
        raise ChangedMeanwhile


def etag(version: int) -> str:
    """The entity tag of a version."""
    return f'"{version}"'


def require_reason(reason: str) -> str:
    """The reason without blanks around it. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(field="reason", rule="R15")
    return reason.strip()
