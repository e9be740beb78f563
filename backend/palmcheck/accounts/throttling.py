"""Waits after wrong passwords: growing, for a name and for a name from one address; never for an address alone.

An office behind one address is not locked out by one clerk who forgot his password, and a stranger elsewhere
cannot keep an officer out: where the name has signed in before, only the tries from that address count.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from palmcheck.accounts.models import SignInTry
from palmcheck.accounts.problems import TooManyTries
from palmcheck.kernel.canonical import digest

FREE_FROM_ADDRESS, LONGEST_FROM_ADDRESS = 5, timedelta(hours=1)
FREE_OVERALL, LONGEST_OVERALL = 20, timedelta(minutes=5)
FIRST_WAIT = timedelta(seconds=10)
FORGOTTEN_AFTER = timedelta(days=1)
KNOWN_FOR = timedelta(days=90)


def wait_after(tries: int, free: int, longest: timedelta) -> timedelta:
    """How long the next try waits after so many in vain: nothing at first, then 10 s doubled each time."""
    return min(FIRST_WAIT * 2 ** min(tries - free, 20), longest) if tries >= free else timedelta()


def _key(username: str, address: str | None = None) -> str:
    return digest([username.strip().casefold(), address])


async def take_try(engine: AsyncEngine, username: str, address: str, at: datetime) -> None:
    """Counts a try before the password is looked at, so that many at once are no way around. Raises TooManyTries.

    It commits by itself: the count must outlive the request's transaction, which a wrong password rolls back.
    """
    own, overall = _key(username, address), _key(username)
    async with AsyncSession(engine) as session, session.begin():
        fresh = [{"key_sha256": key, "tries": 0, "last_try_at": at} for key in sorted((own, overall))]
        await session.execute(insert(SignInTry).values(fresh).on_conflict_do_nothing())
        wanted = select(SignInTry).where(SignInTry.key_sha256.in_((own, overall)))
        rows = await session.scalars(wanted.order_by(SignInTry.key_sha256).with_for_update())
        found = {row.key_sha256: row for row in rows}
        counted = [(found[own], FREE_FROM_ADDRESS, LONGEST_FROM_ADDRESS)]
        if not _is_known(found[own], at):
            counted.append((found[overall], FREE_OVERALL, LONGEST_OVERALL))
        until = max((row.blocked_until for row, _, _ in counted if row.blocked_until), default=at)
        if until > at:
            raise TooManyTries(seconds=int((until - at).total_seconds()) + 1)
        for row, free, longest in counted:
            row.tries = row.tries + 1 if at - row.last_try_at < FORGOTTEN_AFTER else 1
            row.last_try_at = at
            wait = wait_after(row.tries, free, longest)
            row.blocked_until = at + wait if wait else None


def _is_known(row: SignInTry, at: datetime) -> bool:
    return row.succeeded_at is not None and at - row.succeeded_at < KNOWN_FOR


async def forgive(session: AsyncSession, username: str, address: str, at: datetime) -> None:
    """The password was right: nothing is counted any more, and the address is known for 90 days."""
    own, overall = _key(username, address), _key(username)
    both = select(SignInTry.key_sha256).where(SignInTry.key_sha256.in_((own, overall)))
    await session.execute(both.order_by(SignInTry.key_sha256).with_for_update())
    await session.execute(delete(SignInTry).where(SignInTry.key_sha256 == overall))
    fresh = {"tries": 0, "last_try_at": at, "blocked_until": None, "succeeded_at": at}
    row = insert(SignInTry).values(key_sha256=own, **fresh)
    await session.execute(row.on_conflict_do_update(index_elements=[SignInTry.key_sha256], set_=fresh))
