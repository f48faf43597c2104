"""Jokes, coins, dice and numbers."""

import pytest

from assistant.skill import CannotDo
from assistant.testing import FakeContext
from skills import fun
from tests.skills.understood import meaning


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("tell me a joke", ("fun.joke", {})),
        ("another joke please", ("fun.joke", {})),
        ("make me laugh", ("fun.joke", {})),
        ("讲个笑话", ("fun.joke", {})),
        ("再讲一个笑话吧", ("fun.joke", {})),
        ("flip a coin", ("fun.coin", {})),
        ("heads or tails", ("fun.coin", {})),
        ("抛硬币", ("fun.coin", {})),
        ("roll a dice", ("fun.dice", {})),
        ("roll a twenty-sided die", ("fun.dice", {"sides": 20})),
        ("roll 2d6", ("fun.dice", {"count": 2, "sides": 6})),
        ("掷骰子", ("fun.dice", {})),
        ("扔一个二十面的骰子", ("fun.dice", {"sides": 20})),
        ("pick a number between one and ten", ("fun.number", {"low": 1, "high": 10})),
        ("give me a random number", ("fun.number", {})),
        ("pick a number between one hundred and two hundred", ("fun.number", {"low": 100, "high": 200})),
        ("一到十之间随机选一个数", ("fun.number", {"low": 1, "high": 10})),
        ("说一个一到一百的数字", ("fun.number", {"low": 1, "high": 100})),
    ],
)
def test_what_people_say_for_amusement(text, meant):
    assert meaning(text) == meant


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_no_joke_comes_twice_before_all_were_told(language):
    deck = fun.DECKS[language]
    deck._left.clear()
    told = [(await fun.joke(FakeContext(language))).text(language) for _ in deck._texts]
    assert len(set(told)) == len(told) >= 15
    assert (await fun.joke(FakeContext(language))).text(language) in told


async def test_a_coin_falls_on_both_sides():
    fallen = {(await fun.coin(FakeContext())).en for _ in range(100)}
    assert fallen == {"Heads.", "Tails."}


async def test_a_die_shows_each_side_and_no_other():
    shown = {(await fun.dice(FakeContext(), sides=3)).en for _ in range(200)}
    assert shown == {"1.", "2.", "3."}


async def test_several_dice_are_counted_together():
    reply = await fun.dice(FakeContext(), sides=2, count=3)
    *each, together = (
        int(part) for part in reply.en.replace(",", " ").replace(".", " ").replace("and", " ").replace("Together", " ").split()
    )
    assert len(each) == 3
    assert sum(each) == together


@pytest.mark.parametrize(("sides", "count"), [(1, 1), (0, 1), (1_001, 1), (2.5, 1), (6, 0), (6, 21), (6, 1.5)])
async def test_dice_that_cannot_be_are_refused(sides, count):
    with pytest.raises(CannotDo):
        await fun.dice(FakeContext(), sides=sides, count=count)


async def test_a_number_is_between_its_ends_and_both_can_come():
    numbers = {(await fun.number(FakeContext(), low=9, high=7)).en for _ in range(200)}
    assert numbers == {"7.", "8.", "9."}


async def test_no_whole_number_between_is_said():
    with pytest.raises(CannotDo, match="no whole number"):
        await fun.number(FakeContext(), low=1.2, high=1.8)
