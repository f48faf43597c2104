"""Names that were misheard are found, and others are not taken for them."""

import pytest

from skills.alike import nearest
from skills.listing import matches

NAMES = ["购物", "行李", "party", "牛奶", "鸡蛋", "fairy lights", "面条"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("狗屋", "购物"),
        ("行礼", "行李"),
        ("流奶", None),
        ("几单", "鸡蛋"),
        ("急蛋", "鸡蛋"),
        ("免条", "面条"),
        ("parti", "party"),
        ("ferry lights", "fairy lights"),
        ("牛肉", None),
        ("米饭", None),
        ("coffee", None),
        ("", None),
    ],
)
def test_what_sounds_or_is_written_alike_is_the_name(said, meant):
    assert nearest(said, NAMES) == meant


def test_there_is_nothing_like_anything_in_nothing():
    assert nearest("party", []) is None


def test_a_misheard_thing_on_a_list_is_that_thing():
    assert matches(["牛奶", "鸡蛋"], "急蛋") == ["鸡蛋"]
    assert matches(["牛奶", "鸡蛋"], "牛肉") == []
