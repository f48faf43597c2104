"""Short answers: a yes, a no, and what asks for silence."""

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
    "leave it",
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
}


def answer_in(text: str) -> Answer:
    """Return whether a text is a plain yes or a plain no."""
    norms = [word.norm for word in split_words(text)]
    for joined in (" ".join(norms), "".join(norms)):
        if joined in YES:
            return Answer.YES
        if joined in NO:
            return Answer.NO
    if norms and norms[0] in YES and " ".join(norms[1:]) in YES:
        return Answer.YES
    if norms and norms[0] in NO and (" ".join(norms[1:]) in NO or "".join(norms[1:]) in NO):
        return Answer.NO
    return Answer.OTHER


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
