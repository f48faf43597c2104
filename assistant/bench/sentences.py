"""Sentences to understand: made from the actions' own templates, and others that nothing should be done about."""

from dataclasses import dataclass

from assistant import generator
from assistant.skill import Action

TALK = {
    "en": """
        did you see the game last night
        I think we should paint the kitchen first
        she said she would be here by now
        that was the best soup
        he never told me about the new job
        we ran out of milk again
        my back has been hurting all week
        who left the door open
        the train was late this morning
        I can't believe how fast they grow up
        let's talk about it tomorrow
        it's not what I meant
        you should have seen his face
        the neighbours are having a party
        I need to finish this before the meeting
        where did you put my keys
        there's nothing good on tonight
        the dog needs a walk
        I'm not sure that's a good idea
        they moved to the coast two years ago
        the ten minute walk was worth it
        that place by the lake was so quiet
        could be worse I suppose
        no I already paid for that
    """,
    "zh": """
        昨天晚上的比赛你看了吗
        我觉得应该先刷厨房
        她说她现在应该到了
        那碗汤真好喝
        他从来没跟我说过新工作的事
        家里又没牛奶了
        我这一周腰都疼
        谁把门开着没关
        今天早上火车晚点了
        孩子长得真快
        我们明天再说吧
        我不是那个意思
        你真该看看他的表情
        邻居在开派对
        开会之前我得把这个做完
        你把我的钥匙放哪儿了
        今晚没什么好看的
        该遛狗了
        我觉得这不是个好主意
        他们两年前搬到海边去了
        走那十分钟很值得
        还记得湖边那个地方吗
        还不算太糟
        不用了我已经付过钱了
    """,
}
"""What people say to each other in the same room, by language; a sentence a line."""

EACH = 20
"""About so many sentences generated per action and language, and one of each template at least."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence to understand."""

    text: str
    language: str
    action: str | None
    """Whose templates made it; None for talk."""


def sentences(actions: dict[str, Action], each: int = EACH) -> list[Sentence]:
    """Return different sentences of every action in both languages, and the talk; always the same ones."""
    made: dict[tuple[str, str], Sentence] = {}
    for name, action in actions.items():
        for language, templates in action.templates.items():
            limit = max(1, each // len(templates))
            texts = [text for node in templates for text in generator.sentences(node, action.slots, language, limit)]
            for text in texts:
                made.setdefault((text, language), Sentence(text, language, name))
    talk = [Sentence(text, language, None) for language, lines in TALK.items() for text in map(str.strip, lines.strip().splitlines())]
    return [*made.values(), *talk]
