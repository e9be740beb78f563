"""Passwords: argon2id."""

from contextlib import suppress

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
_quick_hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
_NOBODY = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The argon2id hash, with its parameters in it."""
    return _hasher.hash(password)


def hash_random(password: str) -> str:
    """The hash of a random one-time password: it cannot be guessed, so it needs no slow hash (2,000 in a second)."""
    return _quick_hasher.hash(password)


def is_password(password_hash: str | None, password: str) -> bool:
    """Whether the password fits. Takes as long for no account and for a quick hash, so that names stay unknown."""
    known = password_hash or _NOBODY
    try:
        fits = _hasher.verify(known, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        fits = False
    if _hasher.check_needs_rehash(known):
        with suppress(VerificationError):
            _hasher.verify(_NOBODY, password)
    return fits
