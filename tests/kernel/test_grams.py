"""How a name is found and where it stands."""

import pytest

from palmcheck.kernel.grams import grams, initials, search_text, searchable
from palmcheck.kernel.pinyin import starts


def test_initials_are_letters_of_each_character() -> None:
    assert initials("临江鲜老火锅店") == "ljxlhgd"
    assert initials("重庆ＡＢ 12 银行") == "cqab12yh"


def test_one_go_gives_what_the_parts_give() -> None:
    name, code = "临江县 鑫源Ａ餐饮", "92510198MA000001XU"
    kept = searchable(name, code, None)
    assert kept.grams == grams(name, code)
    assert kept.text == search_text(name, code)


@pytest.mark.parametrize(
    ("before", "after"), [("安安面馆", "八珍酒楼"), ("西安饭店", "先锋网吧"), ("望江", "鑫源"), ("鑫源", "张记")]
)
def test_names_stand_as_in_a_dictionary(before: str, after: str) -> None:
    assert searchable(before).pinyin < searchable(after).pinyin


def test_one_character_has_all_its_readings() -> None:
    assert {"zhong", "chong"} <= set(starts("重"))
    assert starts("L".lower()) == ["l"]
