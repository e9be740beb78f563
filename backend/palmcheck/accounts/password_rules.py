"""What a password must be, and one-time passwords. Pure but for the random source."""

import secrets

SHORTEST = 10
LONGEST = 200
ONE_TIME_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
ONE_TIME_LENGTH = 12
_COMMONEST = """
    1234567890 0123456789 0987654321 9876543210 12345678910 123456789a a123456789 1234567891 1111111111 0000000000
    1q2w3e4r5t 1qaz2wsx3edc qwertyuiop asdfghjkl; zxcvbnm123 qwerty1234 qwerty12345 qwertyui12 abcd123456 abc1234567
    password12 password123 password1234 password123456 passw0rd123 p@ssw0rd123 administrator admin12345 admin123456
    administrator1 iloveyou123 woaini1314 woaini520520 woaini1314520 5201314520 1314520520 1472583690
    a1234567890 aa123456789 qq123456789 wang123456 zhang123456 li12345678 changeme123 letmein123 welcome123
    welcome1234 palmcheck123 palmcheck1 zhangjian123 shuangsuiji shuangsuiji1 8888888888 6666666666 1122334455
"""
COMMONEST = frozenset(_COMMONEST.split())
"""The commonest passwords that are long enough to pass otherwise."""


def password_fault(password: str, username: str) -> str | None:
    """Which rule a password breaks: too_short | is_username | too_common | one_character; None if it may be used."""
    folded = password.casefold()
    if len(password) < SHORTEST:
        return "too_short"
    if folded in {username.casefold(), username.casefold()[::-1]}:
        return "is_username"
    if folded in COMMONEST:
        return "too_common"
    return "one_character" if len(set(folded)) < 4 else None


def one_time_password() -> str:
    """A random password that is read aloud and typed once, such as `k7qm-x2ra-9tfw` (59 bits)."""
    drawn = "".join(secrets.choice(ONE_TIME_ALPHABET) for _ in range(ONE_TIME_LENGTH))
    return "-".join(drawn[at : at + 4] for at in range(0, ONE_TIME_LENGTH, 4))
