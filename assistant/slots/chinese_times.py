"""Times of day in Chinese: 七点半, 八点一刻, 差五分八点, 7点45, and the parts of the day before them."""

from collections.abc import Iterator, Sequence

from assistant.slots.hours import Reading, clock, next_norms
from assistant.slots.numbers import CHINESE_NUMBER, chinese_whole, said
from assistant.words import Word, is_chinese

CHINESE_PARTS = {
    **dict.fromkeys(("大清早", "早上", "早晨", "清晨", "清早", "一早", "今早", "明早", "每早"), "morning"),
    "上午": "forenoon",
    **dict.fromkeys(("中午", "正午", "晌午"), "noon"),
    **dict.fromkeys(("下午", "午后"), "afternoon"),
    **dict.fromkeys(("傍晚", "黄昏"), "evening"),
    **dict.fromkeys(("晚上", "晚间", "夜里", "夜间", "夜晚", "深夜", "半夜", "午夜", "今晚", "明晚", "昨晚", "每晚", "当晚"), "night"),
    "凌晨": "am",
}


def chinese_part(words: Sequence[Word], at: int) -> tuple[str, int]:
    """Read a part of the day in Chinese, such as 晚上; empty when there is none."""
    if is_chinese(said(words, at) or "-"):
        for length in (3, 2):
            name = "".join(next_norms(words, at, length))
            if name in CHINESE_PARTS:
                is_greeting = said(words, at + length) == "好"
                return ("", at) if is_greeting else (CHINESE_PARTS[name], at + len(next_norms(words, at, length)))
    return "", at


def chinese(words: Sequence[Word], at: int) -> Iterator[Reading]:
    """Yield 七点半, 八点一刻, 三点四十五, 7点45分, 十五点三十, 差五分八点, the longest first."""
    if words[at].norm == "差":
        yield from chinese_before(words, at + 1)
        return
    found = chinese_integer(words, at)
    sign = next_norms(words, found[1], 2) if found else []
    if not found or sign[:1] not in (["点"], ["时"]) or sign in (["时", "候"], ["时", "间"]):
        return
    hour, end = found[0], found[1] + 1
    if said(words, end) == "差" and (minutes := chinese_minutes(words, end + 1)) and 1 <= hour <= 24:
        if early := clock((hour - 2) % 12 + 1 if hour <= 12 else hour - 1, 60 - minutes[0]):
            yield early, minutes[1]
        return
    end += said(words, end) in {"整", "钟"}
    minutes = chinese_minutes(words, end + (said(words, end) in {"过", "又"}))
    if minutes and (reading := clock(hour, minutes[0])):
        yield reading, skip_about(words, minutes[1])
    elif minutes and minutes[1] - end > 1 and minutes[0] >= 60:
        return
    if reading := clock(hour, 0):
        yield reading, skip_about(words, end)


def chinese_before(words: Sequence[Word], at: int) -> Iterator[Reading]:
    """Yield 五分八点, 一刻九点: so long before an hour."""
    minutes = chinese_minutes(words, at)
    if not minutes:
        return
    end = minutes[1] + (said(words, minutes[1]) == "钟") + (said(words, minutes[1]) == "到")
    part, after = chinese_part(words, end)
    hour = chinese_integer(words, after)
    if hour and said(words, hour[1]) == "点" and 1 <= hour[0] <= 24:
        before = clock((hour[0] - 2) % 12 + 1 if hour[0] <= 12 else hour[0] - 1, 60 - minutes[0])
        if before:
            yield before.within(part), skip_about(words, hour[1] + 1 + (said(words, hour[1] + 1) == "钟"))


def chinese_integer(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Read digits, or Chinese numerals up to 点."""
    if said(words, at).isdecimal():
        return (int(words[at].norm), at + 1) if len(words[at].norm) <= 2 else None
    end = at
    while end < len(words) and end - at < 5 and words[end].norm in CHINESE_NUMBER and words[end].norm != "点":
        end += 1
    return (int(chinese_whole("".join(next_norms(words, at, end - at)))), end) if end > at else None


def chinese_minutes(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Read 半, 一刻, 三刻, 四十五, 零五分, 45; a single digit only with 分 or after 零, for 三点一起 is three o'clock."""
    if said(words, at) == "半":
        return 30, at + 1
    found = chinese_integer(words, at)
    if not found:
        return None
    minute, end = found
    after = said(words, end)
    if after == "刻" and 1 <= minute <= 3:
        return 15 * minute, end + 1 + (said(words, end + 1) == "钟")
    if after == "分":
        return minute, end + 1 + (said(words, end + 1) == "钟")
    is_long = end - at > 1 or len(words[at].norm) == 2 or words[at].norm == "十"
    return (minute, end) if is_long and after not in {"个", "位", "块", "元", "号", "点", "度", "%"} else None


def skip_about(words: Sequence[Word], end: int) -> int:
    """Return the index after 钟, 整, 左右."""
    end += said(words, end) in {"钟", "整"}
    return end + 2 * (next_norms(words, end, 2) in (["左", "右"], ["前", "后"], ["上", "下"]))
