"""Amounts in other units, by pint."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.skill import CannotDo
from skills.units.names import AMERICAN, DEFINITIONS, Name, named

AROUND = re.compile(r"^(degrees? |of |the |an? )+|( of .+| each)$|[.,!?。，？！的]+$")
"""What is said around a unit."""

PLAIN_UNIT = re.compile(r"[a-z]{3,30}( [a-z]{3,30})?")
"""What pint may be asked about: it would read "a" as a year, and arithmetic as arithmetic."""

BESIDE = {
    "liter": {"ounce": "fluid ounce"},
    "mile/hour": {"kilometer": "km/h", "mile": "mph", "meter": "m/s"},
    "byte": {"gram": "gb"},
}
"""What units are short for beside one of another kind: 2G are gigabytes when megabytes are asked for."""

MEASURED = {
    "[length]": ("length", "长度"), "[length] ** 2": ("area", "面积"), "[length] ** 3": ("volume", "容量"), "[mass]": ("weight", "重量"),
    "[time]": ("time", "时间"), "[temperature]": ("temperature", "温度"), "[length] / [time]": ("speed", "速度"),
    "[length] ** 2 * [mass] / [time] ** 2": ("energy", "能量"), "[length] ** 2 * [mass] / [time] ** 3": ("power", "功率"),
    "[mass] / [length] / [time] ** 2": ("pressure", "压力"), "[length] * [mass] / [time] ** 2": ("force", "力"),
}  # fmt: skip
"""What units measure, by pint's dimensions."""

TALLEST = 12  # feet
WATER = 1.0  # kg per litre
SMALL, LARGE = 1, 1e15
"""Between these, amounts are said with two decimals."""


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in two units."""

    amount: float
    source: Name
    target: Name

    @property
    def feet_and_inches(self) -> tuple[int, int] | None:
        """The height of a person or a room as such heights are told; None for anything else."""
        if self.target.unit != "foot" or "meter" not in self.source.unit or not 1 <= self.amount < TALLEST:
            return None
        feet, inches = divmod(round(self.amount * 12), 12)
        return feet, inches

    @property
    def is_even(self) -> bool:
        """Tell whether it is said without rounding."""
        return abs(round(self.amount, 2) - self.amount) <= abs(self.amount) * 1e-9


@cache
def registry() -> Any:
    """Return pint's units and ours."""
    from pint import UnitRegistry  # noqa: PLC0415 -- half a second, which only conversions wait for

    units: Any = UnitRegistry(autoconvert_offset_to_baseunit=True)
    for definition in DEFINITIONS:
        units.define(definition)
    return units


def find_unit(said: str) -> Name:
    """Return the unit of a name. Raises CannotDo when nobody knows it."""
    words = " ".join(said.lower().split())
    bare = AROUND.sub("", words)
    for way in (words, bare, bare.removesuffix("s"), bare.removeprefix("个"), bare.replace(" ", "")):
        if way in named():
            return named()[way]
    if PLAIN_UNIT.fullmatch(bare):
        from pint import errors  # noqa: PLC0415 -- as above

        try:
            unit = str(registry().parse_units(bare.replace(" ", "_")))
        except (errors.PintError, ValueError):
            pass
        else:
            one = unit.replace("_", " ")
            return Name(unit, one, one if one.endswith("s") else f"{one}s", bare)
    raise CannotDo(
        en=f"I don't know the unit {said.strip() or 'you mean'}. I know units such as grams, ounces, miles and degrees Celsius.",
        zh=f"我不知道“{said.strip()}”这个单位。我会换算克、盎司、英里、摄氏度这些。",
    )


def convert(value: float, said_from: str, said_to: str, *, is_american: bool) -> Converted:
    """Return an amount in another unit. Raises CannotDo for what cannot be converted."""
    source, target = matched(find_unit(said_from), find_unit(said_to))
    sized = [size(name, is_american=is_american) for name in (source, target)]
    amount = registry().Quantity(value, sized[0])
    if not amount.is_compatible_with(sized[1]):
        if (1 / registry().Quantity(1, sized[0])).is_compatible_with(sized[1]):
            return Converted(inverse(value, *sized), source, target)
        raise incompatible(value, amount, source, target, sized[1])
    if amount.check("[temperature]") and amount.to("kelvin").magnitude < 0:
        raise CannotDo(en="Nothing is colder than minus 273.15 degrees Celsius.", zh="没有比零下273.15摄氏度更冷的了。")
    return Converted(float(amount.to(sized[1]).magnitude), source, target)


def matched(source: Name, target: Name) -> tuple[Name, Name]:
    """Return two units as they are meant beside each other: an ounce beside a volume is a fluid one."""
    return beside(source, target), beside(target, source)


def beside(name: Name, other: Name) -> Name:
    """Return what a unit means beside another."""
    meant = next((units[name.unit] for kind, units in BESIDE.items() if name.unit in units and is_like(other, kind)), None)
    return named()[meant] if meant else name


def is_like(name: Name, kind: str) -> bool:
    """Tell whether a unit measures the same as another."""
    return bool(registry().parse_units(name.unit).is_compatible_with(kind))


def size(name: Name, *, is_american: bool) -> Any:
    """Return pint's unit of a name, in the size that it has in the user's country."""
    return registry().parse_units(name.unit if is_american else AMERICAN.get(name.unit, name.unit))


def inverse(value: float, source: Any, target: Any) -> float:
    """Return how much fuel a distance takes from how far some fuel goes. Raises CannotDo for none."""
    if not value:
        raise CannotDo(en="That needs a number above zero.", zh="这里要用大于零的数。")
    return float((1 / registry().Quantity(value, source)).to(target).magnitude)


def incompatible(value: float, amount: Any, source: Name, target: Name, wanted: Any) -> CannotDo:
    """Return why two units cannot be converted: what each measures, and for weights of volumes how it is with water."""
    first, second = (MEASURED.get(str(each.dimensionality), ("", "")) for each in (amount, registry().Quantity(1, wanted)))
    if not (first[0] and second[0]) or first == second:
        en = f"{source.many} and {target.many} measure different things, so I can't convert them."
        return CannotDo(en=en[0].upper() + en[1:], zh=f"{source.zh}和{target.zh}不是一类单位，没法换算。")
    en = f"{source.many} measure {first[0]} and {target.many} measure {second[0]}"
    zh = f"{source.zh}是{first[1]}单位，{target.zh}是{second[1]}单位"
    en = en[0].upper() + en[1:]
    if {first[0], second[0]} != {"weight", "volume"}:
        return CannotDo(en=f"{en}, so I can't convert them.", zh=f"{zh}，没法换算。")
    density = registry().Quantity(WATER, "kilogram / liter")
    water = written(float((amount * density if first[0] == "volume" else amount / density).to(wanted).magnitude))
    before = written(value)
    return CannotDo(
        en=f"{en}, so it depends on what it is. Of water, {before} {source.called(before)} would be {water} {target.called(water)}.",
        zh=f"{zh}，要看是什么东西。如果是水，{before}{source.zh}约{water}{target.zh}。",
    )


def written(value: float) -> str:
    """Return an amount as it is said: two decimals, or the first three figures of a small one."""
    if value < 0:
        return f"minus {written(-value)}"
    if 0 < value < SMALL:
        return f"{value:.3g}".replace("e-0", "e-")
    return f"{value:,.2f}".rstrip("0").rstrip(".") if value < LARGE else f"{value:.4g}".replace("e+", "e")
