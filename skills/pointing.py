"""What an answer points at: "the last one", "the second", "all of them", 最后一条, 全部."""

import re

ALL = re.compile(
    r"(all|both|everything|every one|everyone|each)( of)?( (them|these|those|it))?( (my|the))?( \w+)?"
    r"|(全部|全都|所有|都|一切)(的|都)?(要|删|删掉|删除)?.{0,3}",
    re.IGNORECASE,
)
PLACES = {
    **dict.fromkeys(("last", "latest", "newest", "most recent", "最后", "最新", "最近", "上一", "刚才", "刚刚", "that", "this", "it"), -1),
    **dict.fromkeys(("first", "1st", "第一", "头一"), 0),
    **dict.fromkeys(("second", "2nd", "第二"), 1),
    **dict.fromkeys(("third", "3rd", "第三"), 2),
    **dict.fromkeys(("fourth", "4th", "第四"), 3),
    **dict.fromkeys(("fifth", "5th", "第五"), 4),
}
POINTS = re.compile(
    rf"(?:the |my |that )*({'|'.join(PLACES)})(?: (?:one|note|entry|file|thing|item))?一?(?:条|个|项|件|份|下)?(?:的|笔记|备忘|文件|东西)*",
    re.IGNORECASE,
)


def is_all(text: str) -> bool:
    """Tell whether a text means every one."""
    return bool(ALL.fullmatch(text.strip(" .!。！")))


def place_in(text: str) -> int | None:
    """Return which one a text points at, counted as they were told, -1 for the last; None when it names something."""
    match = POINTS.fullmatch(text.strip(" .!。！"))
    return PLACES[match[1].casefold()] if match else None
