"""What is masked before anything is public (R18; L5 25, 34). Pure."""

VISIBLE_OF_PERSON = 1


def public_name(name: str, kind: str, credit_code: str | None) -> str:
    """A business's registered name is public; a private person's without a code is shown in part, as `张**`."""
    if kind != "individual_business" or credit_code is not None:
        return name
    return name[:VISIBLE_OF_PERSON] + "*" * max(1, len(name) - VISIBLE_OF_PERSON)
