"""Readings of Chinese names, fast enough for a million of them: a character's usual reading, some words aside.

pypinyin weighs whole phrases and takes 100 us a name; a table of characters takes 2. The words below are
those in which names of businesses and places read a character otherwise.
"""

import re

from pypinyin import Style, lazy_pinyin, pinyin

_WORDS = {
    "重庆": ("chong", "qing"),
    "银行": ("yin", "hang"),
    "商行": ("shang", "hang"),
    "车行": ("che", "hang"),
    "琴行": ("qin", "hang"),
    "行业": ("hang", "ye"),
    "音乐": ("yin", "yue"),
    "乐器": ("yue", "qi"),
    "厦门": ("xia", "men"),
    "西藏": ("xi", "zang"),
    "长寿": ("chang", "shou"),
    "长江": ("chang", "jiang"),
    "成都": ("cheng", "du"),
    "朝阳": ("chao", "yang"),
    "重阳": ("chong", "yang"),
    "会计": ("kuai", "ji"),
}
_WORD = re.compile("|".join(map(re.escape, _WORDS)))
_KEY_LENGTH = 200


class _Readings(dict[str, str]):
    """Character -> usual reading; filled as characters come. What has none reads as itself."""

    def __missing__(self, character: str) -> str:
        read = self[character] = lazy_pinyin(character)[0]
        return read


_readings = _Readings()


def syllables(folded: str) -> list[str]:
    """The reading of each character of a folded name; what is not Chinese stands for itself."""
    read = [_readings[character] for character in folded]
    for word in _WORD.finditer(folded):
        read[word.start() : word.end()] = _WORDS[word.group()]
    return read


def sort_key(folded: str) -> str:
    """What puts a folded name in its place among others as a dictionary would; at most 200 characters."""
    return " ".join(syllables(folded))[:_KEY_LENGTH]


def starts(folded: str) -> list[str]:
    """Starts of the sort keys of names that begin with this one character, one a reading."""
    return sorted({read.lower() for read in pinyin(folded, heteronym=True, style=Style.NORMAL)[0]})
