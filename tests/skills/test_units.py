"""Units: what people call them, what amounts are in others, and why some are not."""

import math

import pytest

from assistant.skill import CannotDo
from assistant.testing import FakeContext
from skills import units
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning


async def answer(value, source, target, language="en", **settings):
    reply = await units.convert(FakeContext(language, settings=settings), value=value, from_=source, to=target)
    return reply.text(language)


@pytest.mark.parametrize(
    ("text", "value", "source", "target"),
    [
        ("how many ounces in 2 kilos", 2, "kilos", "ounces"),
        ("how many grams in an ounce", 1, "ounce", "grams"),
        ("how many tablespoons are in half a cup", 0.5, "cup", "tablespoons"),
        ("what's 72 degrees fahrenheit in celsius", 72, "degrees fahrenheit", "celsius"),
        ("convert 140 pounds to kilograms", 140, "pounds", "kilograms"),
        ("20c to f", 20, "c", "f"),
        ("6 ft in cm", 6, "ft", "cm"),
        ("how fast is 60 miles per hour in km/h", 60, "miles per hour", "km/h"),
        ("两公斤是多少磅", 2, "公斤", "磅"),
        ("把180厘米换成英尺", 180, "厘米", "英尺"),
        ("半斤是多少克", 0.5, "斤", "克"),
        ("37摄氏度换成华氏度", 37, "摄氏度", "华氏度"),
    ],
)
def test_what_people_say(text, value, source, target):
    assert meaning(text) == ("units.convert", {"value": value, "from": source, "to": target})


@pytest.mark.parametrize("text", ["100 pounds in dollars", "50 euros in pounds", "五十欧元等于多少人民币", "how many days until christmas"])
def test_money_and_other_counts_are_no_units(text):
    assert meaning(text) is None or meaning(text)[0] != "units.convert"


def test_the_amount_is_asked_for_when_it_was_not_said():
    assert meaning("convert miles to kilometres") == ("units.convert", {"from": "miles", "to": "kilometres"})


@pytest.mark.parametrize("row", held_out("units"), ids=lambda row: row["text"])
async def test_what_nobody_trained_on_is_converted(row):
    assert not isinstance(await run(row, FakeContext(row["language"])), CannotDo)


@pytest.mark.parametrize(
    ("value", "source", "target", "said"),
    [
        (2, "kilos", "ounces", "2 kilograms are about 70.55 ounces."),
        (1, "foot", "cm", "1 foot is 30.48 centimetres."),
        (100, "degrees fahrenheit", "celsius", "100 degrees Fahrenheit is about 37.78 degrees Celsius."),
        (-40, "c", "f", "minus 40 degrees Celsius is minus 40 degrees Fahrenheit."),
        (64, "kilos", "stone", "64 kilograms are about 10.08 stone."),
        (2, "litres", "ounces", "2 litres are about 67.63 US fluid ounces."),
        (1, "cup", "tablespoons", "1 US cup is 16 tablespoons."),
        (2, "pints", "gallons", "2 pints are 0.25 gallons."),
        (30, "mpg", "litres per 100 kilometres", "30 US miles per gallon are about 7.84 litres per 100 kilometres."),
        (60, "mph", "kilometers", "60 miles per hour are about 96.56 kilometres per hour."),
        (2, "g", "mb", "2 gigabytes are 2,000 megabytes."),
        (170, "cm", "feet", "170 centimetres are about 5.58 feet, or 5 foot 7."),
        (3, "furlongs", "rods", "3 furlongs are 120 rods."),
        (1, "mm", "miles", "1 millimetre is about 6.21e-7 miles."),
    ],
)
async def test_english_answers(value, source, target, said):
    assert await answer(value, source, target) == said


@pytest.mark.parametrize(
    ("value", "source", "target", "said"),
    [
        (2, "公斤", "磅", "2公斤约等于4.41磅。"),
        (70, "公斤", "斤", "70公斤等于140斤。"),
        (3, "两", "克", "3两等于150克。"),
        (1, "公顷", "亩", "1公顷等于15亩。"),
        (350, "华氏度", "摄氏度", "350华氏度约等于176.67摄氏度。"),
        (8, "盎司", "毫升", "8液盎司约等于236.59毫升。"),
        (2, "G", "兆", "2GB等于2,000兆。"),
        (180, "厘米", "英尺", "180厘米约等于5.91英尺，也就是5英尺11英寸。"),
    ],
)
async def test_chinese_answers(value, source, target, said):
    assert await answer(value, source, target, "zh") == said


async def test_british_sizes_can_be_set():
    assert await answer(1, "pint", "ml", system="imperial") == "1 pint is about 568.26 millilitres."
    assert await answer(1, "pint", "ml") == "1 US pint is about 473.18 millilitres."


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        ("kilos", "miles", "Kilograms measure weight and miles measure length"),
        ("cups", "grams", "Of water, 2 cups would be 473.18 grams"),
        ("grams", "hours", "can't convert"),
        ("watts", "bytes", "different things"),
    ],
)
async def test_why_two_units_cannot_be_converted(source, target, why):
    with pytest.raises(CannotDo, match=why):
        await answer(2, source, target)


@pytest.mark.parametrize("name", ["", "smoots and a half", "dollars", "??", "__import__('os')", "a" * 500, "kg * 1000"])
async def test_an_unknown_unit_is_named_with_some_that_are_known(name):
    with pytest.raises(CannotDo, match="grams, ounces"):
        await answer(1, name, "metres")


@pytest.mark.parametrize(
    ("value", "source", "target"), [(-300, "c", "f"), (0, "mpg", "l/100km"), (math.inf, "km", "miles"), (math.nan, "km", "mi")]
)
async def test_amounts_that_cannot_be_are_refused(value, source, target):
    with pytest.raises(CannotDo):
        await answer(value, source, target)


def test_every_unit_has_names_in_both_languages_and_is_known_to_the_converter():
    for name in set(units.conversion.named().values()):
        assert name.one, name
        assert name.many, name
        assert name.zh, name
        assert units.conversion.registry().parse_units(name.unit)
