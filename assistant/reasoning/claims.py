"""Claims of having acted. Only what was carried out may be told as done, and what a model writes was not."""

import re

_EN = re.compile(
    r"\b(i(?:'ve| have)(?: just| now| already| also)?|i(?: just| now| already)?)\s+"
    r"(set|started|stopped|turned|switched|added|removed|deleted|cancell?ed|scheduled|created|saved|sent|called|texted|emailed|booked|"
    r"ordered|opened|closed|locked|unlocked|played|paused|updated|changed|reminded|noted|written down|recorded|muted|dimmed|put)\b"
    r"|^\W*(done|all set|consider it done)\b"
    r"|\b(is|are|has been|have been) now (set|on|off|added|scheduled|playing)\b"
    r"|\b(timer|alarm|reminder|event|light|lights)\b[^.]{0,40}\b(has|have) been\b"
    r"|\b(sure|okay|ok|certainly|of course)\W+(turning|setting|starting|adding|playing|sending|opening|calling|switching)\b"
    r"|^\W*(turning|setting|starting|adding|playing|sending|opening|calling|switching)\b[^?]*$",
    re.IGNORECASE,
)
_ZH = re.compile(
    r"(我?(已经?|刚刚?|刚才)(为您|为你|帮您|帮你|给您|给你|把)?.{0,14}(设|定|开|关|加|添|删|取消|建|创建|保存|记|发|打|订|播放|调|锁|安排|提醒))"
    r"|((设置|打开|关闭|添加|删除|取消|创建|保存|发送|预订|安排|调整|记录|设定|定)(好|完|成功|完成)了)"
    r"|(^\W*(搞定|办好了|完成了|设好了))"
    r"|(正在(为您|为你|帮您|帮你)?(打开|关闭|设置|添加|播放|发送))"
)


def claims_an_act(sentence: str) -> bool:
    """Tell whether a sentence says that the speaker has done or is doing something for the user."""
    return bool(_EN.search(sentence) or _ZH.search(sentence))
