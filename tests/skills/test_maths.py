"""Sums: every way of saying one, exact results, and a plain sentence for what has none."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.skill import CannotDo
from assistant.testing import FakeContext
from skills import maths
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning


async def answer(text, language="en", heard=""):
    reply = await maths.evaluate(FakeContext(language, heard=heard), expression=text)
    return reply.text(language)


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("what's 15 percent of 240", "15 percent of 240"),
        ("What is seven times eight?", "seven times eight"),
        ("how much is 30% off 59.99", "30% off 59.99"),
        ("what is ten percent off fifty dollars", "ten percent off fifty dollars"),
        ("what's the square root of 81", "the square root of 81"),
        ("what is (4 + 5) * 3", "(4 + 5) * 3"),
        ("two plus two", "two plus two"),
        ("divide 1000 by 8", "1000 by 8"),
        ("what do i get if i take 18 from 50", "take 18 from 50"),
        ("half of 90", "half of 90"),
        ("2 to the power of 10", "2 to the power of 10"),
        ("9 factorial", "9 factorial"),
        ("二百四的百分之十五是多少", "二百四的百分之十五"),
        ("三加五等于几", "三加五"),
        ("帮我算一下八百六十除以五", "八百六十除以五"),
        ("144的平方根", "144的平方根"),
        ("五百打八折是多少", "五百打八折"),
        ("6*12", "6*12"),
    ],
)
def test_what_people_say(text, expression):
    assert meaning(text) == ("maths.evaluate", {"expression": expression})


@pytest.mark.parametrize(
    "text",
    [
        "30 percent",
        "what's a third",
        "twenty five",
        "5 minutes",
        "what is 20 percent",
        "set the volume to 30 percent",
        "三十",
        "七点半",
        "三分之一",
    ],
)
def test_a_number_alone_is_no_sum(text):
    assert meaning(text) is None or meaning(text)[0] != "maths.evaluate"


@pytest.mark.parametrize("row", held_out("maths"), ids=lambda row: row["text"])
async def test_what_nobody_trained_on_is_worked_out(row):
    said = await run(row, FakeContext(row["language"], heard=row["text"]))
    assert not isinstance(said, CannotDo)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("15 percent of 240", "It's 36."),
        ("two plus three times four", "It's 14."),
        ("(2 + 3) * 4", "It's 20."),
        ("0.1 + 0.2", "It's 0.3."),
        ("ten divided by three", "It's about 3.3333."),
        ("a third plus a half", "It's 5/6, about 0.8333."),
        ("nine and a half plus six and three quarters", "It's 16.25."),
        ("three quarters of sixty", "It's 45."),
        ("20 percent off 85", "It's 68."),
        ("19.99 plus 5 percent", "It's 20.9895."),
        ("7 percent added to 450", "It's 481.5."),
        ("what percent of 80 is 20", "It's 25 percent."),
        ("18 is what percent of 60", "It's 30 percent."),
        ("two to the power of ten", "It's 1,024."),
        ("ten to the third power", "It's 1,000."),
        ("2 ^ -1", "It's 0.5."),
        ("minus 8 plus 3", "It's minus 5."),
        ("the square root of 2", "It's about 1.4142."),
        ("the cube root of -27", "It's minus 3."),
        ("sin 30", "It's 0.5."),
        ("log 1000", "It's 3."),
        ("5 factorial", "It's 120."),
        ("the remainder of 50 divided by 7", "It's 1."),
        ("the average of 4, 8 and 15", "It's 9."),
        ("the difference between 37 and 90", "It's 53."),
        ("take 15 away from 62", "It's 47."),
        ("six tickets at 12 pounds", "It's 72."),
        ("12 dozen", "It's 144."),
        ("round 3.14159 to two decimals", "It's 3.14."),
        ("6 goes into 84", "It's 14."),
        ("2 to the power of 100", "It's about 1.26765 times ten to the power of 30."),
        ("1 / 3000000", "It's about 3.33333 times ten to the power of -7."),
    ],
)
async def test_english_sums(text, said):
    assert await answer(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("二百四的百分之十五", "等于36。"),
        ("三加五乘二", "等于13。"),
        ("一百二十除以七", "约等于17.1429。"),
        ("299打七五折", "等于224.25。"),
        ("六十的三分之二", "等于40。"),
        ("二分之一加三分之一", "等于6分之5，约0.8333。"),
        ("2的十次方", "等于1,024。"),
        ("根号二", "约等于1.4142。"),
        ("50除以7的余数", "等于1。"),
        ("17除以5余几", "等于2。"),
        ("4、8、15的平均数", "等于9。"),
        ("15和20的最小公倍数", "等于60。"),
        ("从1加到100", "等于5,050。"),
        ("20是80的百分之多少", "是百分之25。"),
        ("68翻倍", "等于136。"),
        ("三减八", "等于负5。"),
        ("七八", "等于56。"),
        ("100除以3保留两位小数", "等于33.33。"),
    ],
)
async def test_chinese_sums(text, said):
    assert await answer(text, "zh") == said


async def test_a_sum_is_understood_with_the_verb_that_stands_before_it():
    assert await answer("1000 by 8", heard="divide 1000 by 8") == "It's 125."
    assert await answer("12, 30 and 9", heard="what's the total of 12, 30 and 9") == "It's 51."
    assert await answer("18 of 72", heard="what percentage is 18 of 72") == "It's 25 percent."


@pytest.mark.parametrize("text", ["5 divided by zero", "10 mod 0", "0 to the power of -1", "3 / (2 - 2)", "五除以零"])
async def test_nothing_is_divided_by_zero(text):
    with pytest.raises(CannotDo, match="divided by zero"):
        await answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "9 to the power of 9 to the power of 9",
        "99999 factorial",
        "10 to the power of 1000000",
        "2 to the power of 0.5 to the power of -99999",
    ],
)
async def test_what_is_far_too_large_is_refused_at_once(text):
    with pytest.raises(CannotDo, match="more digits"):
        await answer(text)


@pytest.mark.parametrize("text", ["the square root of -4", "log 0", "2.5 factorial", "tan 90"])
async def test_what_has_no_value_is_said_so(text):
    with pytest.raises(CannotDo):
        await answer(text)


@pytest.mark.parametrize(
    "text", ["", "   ", "x plus five equals nine", "the moon", "3x + 4 = 19", "((((", "+", "加", "plus plus", "()" * 300]
)
async def test_what_is_no_sum_is_said_so_with_an_example(text):
    with pytest.raises(CannotDo, match="15 percent of 240") as caught:
        await answer(text)
    assert "二百四" in caught.value.zh


async def test_brackets_in_brackets_end_without_a_crash():
    with pytest.raises(CannotDo):
        await answer("(" * 500 + "1" + ")" * 500)


@given(some.integers(-(10**6), 10**6), some.integers(-(10**6), 10**6).filter(bool), some.sampled_from("+-*/"))
async def test_sums_agree_with_fractions(left, right, sign):
    exact = {"+": left + right, "-": left - right, "*": left * right, "/": Fraction(left, right)}[sign]
    said = (await answer(f"{left} {sign} {right}")).removeprefix("It's ").rstrip(".").removeprefix("about ").replace(",", "")
    assert abs(Fraction(said.replace("minus ", "-") if "times" not in said else exact) - exact) < Fraction(1, 10_000)


@given(some.text(max_size=60))
async def test_any_text_is_answered_or_refused(text):
    with suppress(CannotDo):
        assert await answer(text)
