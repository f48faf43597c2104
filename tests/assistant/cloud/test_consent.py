"""What is consent, and what is not: words, the room, Hark's own voice; and what the command line sets up."""

import asyncio
import io
import itertools

import pytest

from assistant.cli import main
from assistant.cloud.consent import decision_in, for_cloud, is_yes
from assistant.cloud.outside import ASKING
from assistant.cloud.rules import ALL, ALWAYS, EACH_TIME, NEVER, ON_REQUEST
from assistant.config import Places, load_config
from assistant.replies import Replies
from assistant.vocabulary import Saying, Transcript
from tests.cloud_provider import ASK, talking

UNSURE = [
    *(
        "",
        " ",
        "hm",
        "hmm",
        "what?",
        "sure?",
        "sure",
        "ok",
        "okay",
        "ok whatever",
        "whatever",
        "yeah",
        "yep",
        "mm-hm",
        "uh huh",
        "yes?",
        "yes but",
        "no",
    ),
    *("maybe", "later", "not now", "yes yes yes", "yes no", "yes, what was it again", "yes or no", "did she say yes", "he said yes to her"),
    *(
        "and the answer is yes",
        "yes prime minister",
        "go ahead and make my day",
        "send it tomorrow",
        "don't send it",
        "you may not",
        "never mind",
    ),
    *(
        "嗯",
        "啊",
        "什么？",
        "好吗？",
        "可以吗",
        "好吧好吧",
        "不好",
        "不可以",
        "别发",
        "算了",
        "他说可以",
        "好像不对",
        "可以不发吗",
        "发什么",
        "等一下",
        "好？",
    ),
]
ROOM = ["on the television", "over there", "in the other room", "my dear", "and then", "said the man", "电视里", "听不清", "说完了"]


def replies():
    """Return 500 replies that are no clear yes."""
    mixed = [f"{words} {where}" for words, where in itertools.product([each for each in UNSURE if each.strip()], ROOM)]
    return [*UNSURE, *mixed][:400]


async def test_five_hundred_replies_that_are_no_clear_yes_open_no_connection(tmp_path):
    async with talking(tmp_path) as talk:
        texts = replies()
        await talk.say(ASK)
        shown = talk.app.store.recall(ASKING)

        def ask():
            talk.app.store.remember(ASKING, shown | {"expires_s": talk.clock.now().timestamp() + 60})

        for text in texts:
            ask()
            await talk.say(text)
        for at in range(100):  # a yes of its own voice, too soon after it, or too late
            ask()
            late = at % 2
            if late:
                talk.clock.advance(61)
            await talk.say(("yes", "好", "send it", "always for science questions")[at % 4], own_voice=not late)
            await talk.say("never mind")
        assert len(texts) + 100 == 500
        assert talk.there.connections == 0
        assert talk.sent == []
        await talk.say(ASK)
        await talk.say("yes")
        assert talk.there.connections == 1


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("ask the cloud why the sky is blue", "why the sky is blue"),
        ("please ask the cloud: why?", "why?"),
        ("could you ask the cloud about what causes tides", "what causes tides"),
        ("ask Qwen who wrote Faust", "who wrote Faust"),
        ("use the big model to explain to me how tides work", "how tides work"),
        ("why is the sky blue, ask the cloud", "why is the sky blue"),
        ("问云端天空为什么是蓝色的", "天空为什么是蓝色的"),
        ("问一下云端，天空为什么是蓝色的", "天空为什么是蓝色的"),
        ("让千问回答怎么做红烧肉", "怎么做红烧肉"),
        ("ask the cloud", ""),
        ("what is a cloud", None),
        ("ask me about the cloud", None),
        ("what did you send to the cloud", None),
        ("云是怎么形成的", None),
    ],
)
def test_asking_for_the_cloud(text, question):
    assert for_cloud(text, ("qwen", "千问")) == question


@pytest.mark.parametrize(
    ("text", "rule", "topic"),
    [
        ("always for cooking questions", ALWAYS, "cooking"),
        ("always for recipes", ALWAYS, "cooking"),
        ("never", NEVER, ""),
        ("never for anything", NEVER, ALL),
        ("never ask the cloud", NEVER, ""),
        ("never for health questions", NEVER, "health"),
        ("only when I say so", ON_REQUEST, ""),
        ("only ask the cloud when I say so", ON_REQUEST, ""),
        ("ask me every time", EACH_TIME, ""),
        ("ask me again about cooking", EACH_TIME, "cooking"),
        ("forget what I said about cooking questions", EACH_TIME, "cooking"),
        ("做饭的问题总是可以", ALWAYS, "cooking"),
        ("健康问题永远不要", NEVER, "health"),
        ("我说了才发", ON_REQUEST, ""),
        ("每次都问我", EACH_TIME, ""),
        ("做饭的问题还是问我", EACH_TIME, "cooking"),
    ],
)
def test_decisions_for_the_future(text, rule, topic):
    found = decision_in(text)
    assert (found.rule, found.topic) == (rule, topic)


@pytest.mark.parametrize("text", ["yes", "what is always true", "I have never been there", "the weather is always bad", "好", "我从不吃鱼"])
def test_what_decides_nothing(text):
    assert decision_in(text) is None


@pytest.mark.parametrize("text", ["yes?", "可以？", "yes whatever", "ok", "sure"])
def test_a_question_or_a_nod_is_no_yes(text):
    assert not is_yes(text)


class Mouth:
    """Speaks in no time."""

    async def say(self, text, language, ready):
        """Say nothing."""
        ready()

    async def all_heard(self):
        """Wait for nothing."""

    async def drop(self):
        """Drop nothing."""

    def forget(self):
        """Forget nothing."""


class Ears:
    """A brain that only notes whether words may have been Hark's own."""

    def __init__(self):
        self.own = []

    async def respond(self, heard, *, own_voice):
        """Say something."""
        self.own.append(own_voice)
        yield Saying(0.0, "Shall I?", "en")


async def test_words_within_a_second_of_its_own_voice_may_be_its_own():
    now = [10.0]
    brain = Ears()
    replies = Replies(brain, Mouth(), lambda *_: None, lambda _: None, lambda: now[0])
    for start_s in (9.0, 10.4, 12.0):
        replies.start(replies.respond(Transcript("yes", "en", start_s=start_s), addressed=True))
        await asyncio.gather(replies._task)
    assert brain.own == [False, True, False]


def hark(capsys, *args):
    """Run a command and return its status and what it printed."""
    status = main(list(args))
    told = capsys.readouterr()
    return status, told.out + told.err


def test_the_command_line_sets_a_provider_up_and_forgets_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HARK_HOME", str(tmp_path))
    assert hark(capsys, "cloud", "use", "dashscope")[0] == 1
    assert "singapore" in hark(capsys, "cloud", "use", "dashscope")[1]
    assert "Did you mean 'deepseek'" in hark(capsys, "cloud", "use", "deepseak")[1]
    assert "https" in hark(capsys, "cloud", "use", "--url", "http://llm.example.org/v1", "--model", "m")[1]
    assert load_config(Places().config_file).cloud.provider == ""
    status, told = hark(capsys, "cloud", "use", "dashscope", "--region", "singapore", "--model", "qwen-max")
    assert status == 0
    assert "Singapore" in told
    monkeypatch.setattr("sys.stdin", io.StringIO("sk-very-secret\n"))
    assert "very-secret" not in hark(capsys, "cloud", "key")[1]
    assert "there is one" in hark(capsys, "cloud", "status")[1]
    assert "very-secret" not in Places().config_file.read_text("utf-8")
    assert hark(capsys, "cloud", "off")[0] == 0
    assert load_config(Places().config_file).cloud.provider == ""
    assert not (tmp_path / "keys.json").exists()
    assert hark(capsys, "cloud", "test")[0] == 1
    assert "nothing was decided" in hark(capsys, "privacy", "topics")[1]
