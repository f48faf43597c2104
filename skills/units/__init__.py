"""Amounts in other units: "how many ounces in two kilos", 两公斤是多少磅."""

from typing import Annotated, Any

from assistant.skill import CannotDo, Context, Reply, action, one_of
from skills.units.conversion import convert as converted
from skills.units.conversion import written
from skills.units.names import AMERICAN, named

Unit = Annotated[str, one_of("unit", en=("ounces", "kilograms", *named()), zh=("磅", "公斤"))]

LARGEST = 1e100

SMALLER = {"f": ("inches", 12), "s": ("pounds", 14), "p": ("ounces", 16), "l": ("ounces", 16)}
"""What follows feet, stone, pounds and lb by their first letter, and how many of them make one."""

RULES = {
    "is": "(is|are|would be|makes|make|equals|equal|be|in|are in|are there in|is there in|is in|to|go into|make up|does|do|would|per|will)",
    "much": "(much|long|far|tall|heavy|big|hot|cold|warm|fast|high|wide|deep|old|large)",
    "in": "(in|to|into|as)",
    "work": "(convert|change|switch|turn|express|translate|give me|tell me|show me|calculate|work out|put|what is|what are|what would|"
    "what does|i need|i want|i need to know|how about|what about)",
    "that": "((what|how much) is (that|it)|convert (that|it)|is what|how many is that)",
    "be": "[(be|come to|make|makes|work out to|work out at|weigh|equal|is|look like|convert to)]",
    "zh_is": "(是|等于|合|有|是等于|折合|换算成|换成|换|转换成|转成|相当于|约等于|大概是|大约是|能换|合成|化成|换算为)",
    "zh_many": "(多少|几|几个|多少个)",
    "zh_into": "(换算成|换算为|换成|转换成|转换为|转成|化成|变成|换算到|转为|改成|到|转)",
    "zh_work": "[算一下|算算|换算|换算一下|单位换算|转换|查一下|告诉我|算|帮我算|帮我算下|帮我算算|帮我换算|想知道]",
    "tall": "{value} (feet{from=feet}|foot{from=feet}|stone{from=stone}|stones{from=stone}|pounds{from=pounds}) [and] {more} "
    "[(inches|inch|pounds|ounces|ounce|pound)]",
    "of": "[(of (flour|sugar|water|milk|butter|rice|oil))]",
}


def in_one_unit(slots: dict[str, Any]) -> dict[str, Any]:
    """Return the slots with "5 feet 7" as so many inches."""
    found = {name: value for name, value in slots.items() if name != "more"}
    small, count = SMALLER.get(str(slots.get("from", ""))[:1].casefold(), ("", 0))
    if "more" in slots and "value" in slots and small:
        found |= {"value": slots["value"] * count + slots["more"], "from": small}
    return found


@action(
    en=[
        "how many {to} <is> <tall> <be>",
        "(<work>|how <much> is|how <much> are|how <much> would) <tall> <be> <in> {to}",
        "[i am] <tall> [tall] <in> {to}",
        "[i am|he is|she is|it is] <tall> [tall] <that> [in|to|into] {to}",
        "how many {to} <is> {value} {from} <be>",
        "how many {to} <is> (a|an|one) {from} <be> {value=1}",
        "how many {to} <is> half (a|an) {from} <be> {value=0.5}",
        "how many {to} to (a|an|the) {from} {value=1}",
        "how many {to} <is> {from}",
        "(<work>|how <much> is|how <much> are|how <much> does|how <much> would) {value} {from} <of> <be> <in> {to}",
        "(<work>|how <much> is|how <much> are|how <much> does|how <much> would) (a|an) {from} <of> <be> <in> {to} {value=1}",
        "(<work>|how <much> is|how <much> would) half (a|an) {from} <of> <be> <in> {to} {value=0.5}",
        "(convert|change|switch|turn) {from} <in> {to}",
        "{value} {from} <in> {to} [(is what|please|is how many)]",
        "(a|an) {from} in {to} {value=1}",
        "half (a|an) {from} in {to} {value=0.5}",
        "{value} {from} (is|are|makes|equals|how many|is how many|equals how many|are how many|makes how many|what is that in) {to}",
        "in {to} (what is|how much is|how <much> is|please) {value} {from}",
        "if it is {value} {from} what is (it|that) in {to}",
    ],
    zh=[
        "<zh_work>{value}[个]{from}[<zh_is>]<zh_many>{to}",
        "<zh_work>半[个]{from}[<zh_is>]<zh_many>{to}{value=0.5}",
        "<zh_work>[把|将]{value}[个]{from}<zh_into>{to}[是多少|等于多少|有多少]",
        "<zh_work>{value}[个]{from}(等于|是|合|有|折合){to}(多少|是多少)",
        "<zh_many>{to}(是|等于|有|合){value}[个]{from}",
        "{value}[个]{from}{to}",
        "{value}[个]{from}用{to}(表示|怎么说|说)[是多少]",
        "(把|将){from}<zh_into>{to}",
    ],
    ask={
        "value": Reply(en="How many?", zh="多少？"),
        "from": Reply(en="From which unit?", zh="从什么单位？"),
        "to": Reply(en="Into which unit?", zh="换成什么单位？"),
    },
    rules=RULES,
    implied=in_one_unit,
    reads=True,
)
async def convert(ctx: Context, value: float, from_: Unit, to: Unit, more: float = 0) -> Reply:
    """Convert an amount into another unit: lengths, weights, volumes, temperatures, speeds, areas, times, data.

    Args:
        value: How many of the first unit.
        from_: The unit that the amount is in.
        to: The unit that it should be in.
        more: How many of the next smaller unit besides, as in "5 feet 7".
    """
    whole = in_one_unit({"value": value, "from": from_, "more": more}) if more else {}
    value, from_ = whole.get("value", value), whole.get("from", from_)
    if not abs(value) < LARGEST:
        raise CannotDo(en="That number is too large.", zh="这个数太大了。")
    is_american = str(ctx.settings.get("system", "us")).lower() == "us"
    result = converted(float(value), from_, to, is_american=is_american)
    before, after = written(value), written(result.amount)
    is_one = abs(value) == 1 or result.source.unit.startswith("degree_")
    source_en, target_en = result.source.called(before), result.target.called(after)
    country = "US " if is_american and (result.source.unit in AMERICAN) != (result.target.unit in AMERICAN) else ""
    feet = result.feet_and_inches
    inches_en, inches_zh = (f", or {feet[0]} foot {feet[1]}", f"，也就是{feet[0]}英尺{feet[1]}英寸") if feet and feet[1] else ("", "")
    return Reply(
        en=f"{before} {country * (result.source.unit in AMERICAN)}{source_en} {'is' if is_one else 'are'} {'about ' * (not result.is_even)}"
        f"{after} {country * (result.target.unit in AMERICAN)}{target_en}{inches_en}.",
        zh=f"{before}{result.source.zh}{'约' * (not result.is_even)}等于{after}{result.target.zh}{inches_zh}。",
    )
