"""Short answers: a yes, a no, and what asks for silence."""

from collections.abc import Sequence
from enum import StrEnum

from assistant.words import split_words


class Answer(StrEnum):
    """What words mean while a question is open."""

    YES = "yes"
    NO = "no"
    OTHER = "other"


YES = {
    "yes",
    "yeah",
    "yep",
    "yup",
    "sure",
    "ok",
    "okay",
    "do it",
    "go ahead",
    "yes please",
    "please do",
    "of course",
    "correct",
    "right",
    "confirm",
    "definitely",
    "absolutely",
    "that is right",
    "是",
    "是的",
    "对",
    "对的",
    "好",
    "好的",
    "好啊",
    "可以",
    "行",
    "嗯",
    "没错",
    "确定",
    "确认",
    "当然",
    "要",
    "没问题",
}
NO = {
    "no",
    "no way",
    "leave it",
    "keep it",
    "keep them",
    "better not",
    "rather not",
    "never mind that",
    "maybe later",
    "later",
    "another time",
    "skip it",
    "drop it",
    "nope",
    "nah",
    "no thanks",
    "no thank you",
    "do not",
    "please do not",
    "cancel",
    "cancel that",
    "never mind",
    "nevermind",
    "forget it",
    "forget about it",
    "stop",
    "not now",
    "no do not",
    "不",
    "不是",
    "不要",
    "不用",
    "不用了",
    "不行",
    "别",
    "算了",
    "取消",
    "停",
    "不了",
    "没事",
    "没事了",
    "以后再说",
    "等会儿",
    "待会儿",
    "再说吧",
    "不必",
    "不必了",
    "不需要",
    "先不",
    "先不要",
    "先不用",
    "别了",
    "不要了",
    "留着",
}

DENIAL = frozenset(["not", "never", "keep", "leave", *"不别留"])
"""What makes a sentence that begins with "no" nothing but a no: "no, don't", 不，别删."""

LONGEST = 6
"""Words of an answer with something behind the yes or no: "yes, delete it", 对，删吧."""


def answer_in(text: str) -> Answer:
    """Return whether a text is a plain yes or a plain no."""
    norms = [word.norm for word in split_words(text)]
    first, rest = first_answer(norms)
    if first is Answer.OTHER or not rest:
        return first
    second, more = first_answer(rest)
    return first if second is first and not more else Answer.OTHER


def first_answer(norms: Sequence[str]) -> tuple[Answer, Sequence[str]]:
    """Return the longest yes or no that words begin with, and the words after it."""
    for length in range(min(len(norms), LONGEST), 0, -1):
        for joined in {" ".join(norms[:length]), "".join(norms[:length])}:
            if joined in YES:
                return Answer.YES, norms[length:]
            if joined in NO:
                return Answer.NO, norms[length:]
    return Answer.OTHER, norms


def denies(text: str) -> bool:
    """Tell whether words take something back: "but not the milk", or are too many to be part of an answer."""
    norms = [word.norm for word in split_words(text)]
    return len(norms) > LONGEST or not DENIAL.isdisjoint(norms)


def leaning(text: str) -> tuple[Answer, str]:
    """Return what a sentence begins with, a yes or a no, and what it says after that: "yes, delete it", 不，别删.

    A no with a denial behind it is nothing but a no.
    """
    words = split_words(text)
    answer, rest = first_answer([word.norm for word in words])
    if answer is Answer.NO and DENIAL.intersection(rest):
        return answer, ""
    return answer, text[words[-len(rest)].start :].strip() if rest else ""


STOP = frozenset(
    [
        *("stop", "stop it", "stop that", "stop talking", "stop please", "stop stop", "okay stop", "stop the timer", "stop the alarm"),
        *("stop ringing", "shut up", "be quiet", "quiet", "silence", "hush", "enough", "that is enough"),
        *("停", "停下", "停止", "停一下", "别说了", "别响了", "安静", "闭嘴", "够了", "好了"),
    ]
)
"""What asks for silence, spoken into a reply or a ringing."""


def is_stop(text: str) -> bool:
    """Tell whether words, spoken into a reply or a ringing, ask for silence."""
    norms = [word.norm for word in split_words(text)]
    while len(norms) > 1 and norms[0] in {"hey", "jarvis", "okay", "please", "请"}:
        norms = norms[1:]
    return " ".join(norms) in STOP or "".join(norms) in STOP


BACKCHANNELS = frozenset([
    *("mm", "mhm", "mm hm", "mm hmm", "mmhm", "hm", "hmm", "uh huh", "aha", "ah", "oh", "oh i see", "i see", "yeah", "yes", "yep", "ok"),
    *("okay", "right", "sure", "cool", "nice", "good", "great", "wow", "really", "got it", "all right", "alright"),
    *("嗯", "嗯嗯", "嗯哼", "哦", "噢", "啊", "好", "好的", "是", "是的", "对", "对对", "对对对", "行", "这样啊", "原来如此", "知道了"),
])  # fmt: skip
"""What listeners say to show that they listen, and that asks for nothing."""


def is_backchannel(text: str) -> bool:
    """Tell whether words, spoken into a reply, only show that somebody listens."""
    norms = [word.norm for word in split_words(text)]
    return not norms or " ".join(norms) in BACKCHANNELS or "".join(norms) in BACKCHANNELS or all(norm in BACKCHANNELS for norm in norms)
