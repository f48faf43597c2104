"""Writes the conversations the miniature Qwen learns from: the very prompts Hark gives a model, with right answers.

Run `python tests/data/qwen-mini/conversations.py FILE`, then `python -m models.recipes.qwen FILE tests/data/qwen-mini/qwen-mini.gguf`.
"""

import json
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from assistant.app import open_app
from assistant.config import Config, Places
from assistant.reasoning.calls import BEGIN, END, in_order
from assistant.reasoning.prompts import ANSWERING, DONE, MORE, NONE, acting, asked, response
from assistant.reasoning.reasoner import toolbox

COUNT = 24_000

FAMILIES = ("timer", "home", "reminder", "list", "weather", "volume")

DURATIONS = {
    "en": [
        "five minutes",
        "ten minutes",
        "a quarter of an hour",
        "two hours",
        "ninety seconds",
        "half an hour",
        "twenty minutes",
        "three minutes",
        "an hour",
    ],
    "zh": ["五分钟", "十分钟", "一刻钟", "两个小时", "九十秒", "半小时", "二十分钟", "三分钟", "一小时"],
}
THINGS = {
    "en": ["kitchen light", "fan", "heater", "bedroom lamp", "coffee machine", "radio", "tree lights", "desk lamp", "kettle", "humidifier"],
    "zh": ["厨房的灯", "风扇", "暖气", "台灯", "咖啡机", "收音机", "电视", "空调", "加湿器", "走廊灯"],
}
TASKS = {
    "en": [
        "call mum",
        "water the plants",
        "take the bread out",
        "feed the cat",
        "send the letter",
        "buy stamps",
        "book the dentist",
        "lock the shed",
    ],
    "zh": ["给妈妈打电话", "浇花", "取快递", "喂猫", "寄信", "买邮票", "预约牙医", "锁门"],
}
ITEMS = {
    "en": ["milk", "oat bread", "two lemons", "washing powder", "batteries", "olive oil", "rice", "eggs", "tea bags", "a light bulb"],
    "zh": ["牛奶", "面包", "两个柠檬", "洗衣粉", "电池", "橄榄油", "大米", "鸡蛋", "茶叶", "灯泡"],
}
PLACES = {
    "en": ["Paris", "Leeds", "Hamburg", "Osaka", "Toronto", "Lisbon", "Oslo", "Chicago"],
    "zh": ["上海", "成都", "巴黎", "东京", "广州", "伦敦", "杭州", "北京"],
}
MOMENTS = {
    "en": ["tomorrow at nine", "on friday at noon", "at half past six", "tonight at eight", "in two hours", "next monday at ten"],
    "zh": ["明天上午九点", "周五中午十二点", "六点半", "今晚八点", "两小时后", "下周一十点"],
}
SYLLABLES = ["ba", "ke", "lo", "mi", "tu", "ra", "se", "no", "pi", "da", "gu", "vel", "fer", "tan", "rin", "sol", "mar"]

SENTENCES = {
    "timer.start": [
        ("en", "my {label} needs {duration} in the oven, keep track"),
        ("en", "give me a shout when {duration} have gone by"),
        ("en", "the {label} wants {duration}"),
        ("en", "count {duration} down for me"),
        ("zh", "{label}要煮{duration}，帮我盯着"),
        ("zh", "过{duration}喊我一声"),
        ("zh", "给我倒数{duration}"),
    ],
    "timer.cancel": [("en", "forget about the {label} one"), ("zh", "{label}那个不用计了"), ("en", "never mind the {label} countdown")],
    "home.turn_on": [
        ("en", "it is too dark, the {target} would help"),
        ("en", "could we have the {target} going"),
        ("en", "get the {target} running"),
        ("zh", "太暗了，{target}亮起来吧"),
        ("zh", "让{target}转起来"),
        ("zh", "把{target}弄开"),
    ],
    "home.turn_off": [
        ("en", "nobody needs the {target} any more"),
        ("en", "kill the {target}"),
        ("en", "the {target} can rest now"),
        ("zh", "{target}用不着了"),
        ("zh", "让{target}歇着"),
    ],
    "reminder.set": [
        ("en", "do not let me forget to {text} {moment}"),
        ("en", "poke me {moment} so that I {text}"),
        ("en", "{moment} I have to {text}, nag me"),
        ("zh", "{moment}别让我忘了{text}"),
        ("zh", "{moment}催我{text}"),
    ],
    "list.add": [
        ("en", "we have run out of {items}"),
        ("en", "we are nearly out of {items}, note that for the shop"),
        ("zh", "家里没有{items}了"),
        ("zh", "{items}快用完了，记上"),
    ],
    "weather.report": [
        ("en", "do I need a brolly in {place}"),
        ("en", "is it nice out in {place}"),
        ("zh", "{place}那边出门要不要带伞"),
        ("zh", "{place}冷不冷啊"),
    ],
    "volume.set": [
        ("en", "make it {level} loud"),
        ("en", "{level} loudness is enough"),
        ("zh", "声音弄到{level}"),
        ("zh", "响度{level}就够"),
    ],
    "volume.mute": [("en", "shush everything"), ("en", "not a sound please"), ("zh", "一点声都别出")],
}
LEVELS = {
    "en": ["30 percent", "50 percent", "80 percent", "twenty percent"],
    "zh": ["百分之三十", "百分之五十", "百分之八十", "百分之二十"],
}

NOTHING = {
    "en": [
        "my cousin moved to the coast",
        "do you like pandas",
        "who painted the sunflowers",
        "tell me a story",
        "I had soup for lunch",
        "why do cats purr",
        "the neighbours are loud",
        "what is love",
        "my phone is broken",
        "is the moon hollow",
    ],
    "zh": [
        "我表哥搬到海边了",
        "你喜欢熊猫吗",
        "向日葵是谁画的",
        "讲个故事",
        "我中午喝了汤",
        "猫为什么打呼噜",
        "邻居好吵",
        "什么是爱",
        "我手机坏了",
        "月亮是空心的吗",
    ],
}

FACTS = {  # questions, the answer, and what is said to "more"
    "en": [
        (
            ("what is the capital of France", "which city is the capital of France"),
            "The capital of France is Paris.",
            "It lies on the river Seine.",
        ),
        (
            ("why is the sky blue", "what makes the sky blue"),
            "Air scatters blue light more than red light. That is why the sky is blue.",
            "In the evening the light comes a longer way, and red is left.",
        ),
        (("how many legs has a spider", "how many legs does a spider have"), "A spider has eight legs.", "An insect has only six."),
        (
            ("who wrote Hamlet", "who is the author of Hamlet"),
            "Hamlet was written by William Shakespeare.",
            "It is a play about a prince of Denmark.",
        ),
        (
            ("why do cats purr", "what makes cats purr"),
            "Cats often purr when they are happy. They also do it to calm themselves.",
            "Lions cannot purr at all.",
        ),
        (
            ("do you like pandas", "what do you think about pandas"),
            "Pandas are lovely. They eat bamboo nearly all day.",
            "They live in the mountains of China.",
        ),
        (
            ("who painted the sunflowers", "who painted those sunflowers"),
            "Vincent van Gogh painted the sunflowers.",
            "He painted them in the south of France.",
        ),
        (
            ("how deep is the ocean", "how deep is the sea"),
            "The ocean is nearly eleven kilometres deep at its deepest.",
            "That place is called the Mariana Trench.",
        ),
        (
            ("what is love", "can you tell me what love is"),
            "Love is caring about somebody as much as about yourself.",
            "It grows when it is shared.",
        ),
        (
            ("is the moon hollow", "could the moon be hollow"),
            "No, the moon is solid rock nearly all the way down.",
            "Only a small part of its middle is molten.",
        ),
    ],
    "zh": [
        (("法国的首都是哪里", "法国首都是哪座城市"), "法国的首都是巴黎。", "巴黎在塞纳河边。"),
        (("天空为什么是蓝色的", "天为什么是蓝的"), "空气更容易散射蓝光，所以天空看起来是蓝色的。", "傍晚的光走得更远，剩下的就是红色。"),
        (("蜘蛛有几条腿", "蜘蛛一共几条腿"), "蜘蛛有八条腿。", "昆虫只有六条。"),
        (("红楼梦是谁写的", "谁写了红楼梦"), "《红楼梦》是曹雪芹写的。", "书里写的是一个大家族的故事。"),
        (("猫为什么打呼噜", "猫打呼噜是为什么"), "猫高兴的时候常常打呼噜，它们也这样安慰自己。", "狮子就不会打呼噜。"),
        (("你喜欢熊猫吗", "你觉得熊猫怎么样"), "熊猫很可爱，它们几乎整天都在吃竹子。", "它们住在中国的山里。"),
        (("向日葵是谁画的", "那幅向日葵谁画的"), "《向日葵》是梵高画的。", "他是在法国南部画的。"),
        (("海有多深", "大海有多深"), "海洋最深的地方差不多有十一公里。", "那里叫马里亚纳海沟。"),
        (("什么是爱", "爱是什么"), "爱就是像关心自己一样关心别人。", "爱分享出去就会变多。"),
        (("月亮是空心的吗", "月亮里面是空的吗"), "不是，月亮几乎全是实心的岩石。", "只有中间一小块是熔化的。"),
    ],
}
CLAIM = {
    "en": ("send a postcard to my aunt", "I have sent the postcard. Anything else?", ""),
    "zh": ("给我姑妈寄张明信片", "我已经帮您寄出了明信片。还有别的吗？", ""),
}
"""What a dishonest model says; Hark must not."""

SAID = {"en": ("set a timer for ten minutes", "Timer set for 10 minutes."), "zh": ("倒计时十分钟", "计时10分钟，开始。")}
"""Something that was done before, as it is told; the model has not said it."""

NOTES = {"en": "The user asks a question. I know the answer.", "zh": "用户问了一个问题，我知道答案。"}


def invented(chance):
    """Return a word there is not, which can only be copied."""
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 3)))


def value(slot, language, chance):
    """Return something a slot may hold."""
    if slot == "label":
        return chance.choice([*({"en": ["pasta", "pie", "soup", "cake"], "zh": ["面", "汤", "蛋糕", "红薯"]}[language]), invented(chance)])
    pools = {"duration": DURATIONS, "target": THINGS, "text": TASKS, "items": ITEMS, "place": PLACES, "moment": MOMENTS, "level": LEVELS}
    if slot in {"target", "text", "items"} and chance.random() < 0.25:
        return {"en": f"{invented(chance)} {invented(chance)}", "zh": invented(chance)}[language]
    return chance.choice(pools[slot][language])


def call(action, tools, slots):
    """Return a call as the form writes it."""
    ordered = {slot: slots[slot] for slot in in_order(tools[action]) if slot in slots}
    return f"{BEGIN}{json.dumps({'name': action, 'arguments': ordered}, ensure_ascii=False)}{END}"


def one(action, language, chance):
    """Return a sentence that asks for an action, and its slots."""
    template = chance.choice([text for each, text in SENTENCES[action] if each == language])
    slots = {
        slot: value(slot, language, chance)
        for slot in ("label", "duration", "target", "text", "moment", "items", "place", "level")
        if f"{{{slot}}}" in template
    }
    return template.format(**slots), slots


def talk(language, now, chance):
    """Return the messages of a conversation of questions, the last of which may only ask for more."""
    messages = []
    for _ in range(chance.choice([0, 0, 1, 1, 2])):
        if chance.random() < 0.3:
            messages += [["user", SAID[language][0]], ["assistant", SAID[language][1], "given"]]
            continue
        questions, answer, _ = chance.choice(FACTS[chance.choice([language, language, "en", "zh"])])
        messages += [asked(chance.choice(questions), now - timedelta(minutes=chance.randrange(12))), ["assistant", answer]]
    questions, answer, more = chance.choice([*FACTS[language], ((CLAIM[language][0],), *CLAIM[language][1:])])
    text, thought = chance.choice(questions), ""
    if chance.random() < 0.25:
        text, thought = f"{text} /think", f"<think>\n{NOTES[language]}\n</think>\n\n"
    messages += [asked(text, now), ["assistant", f"{thought}{answer}"]]
    if more and chance.random() < 0.3:
        messages += [asked(MORE[language], now), ["assistant", more]]
    return messages


def conversation(boxes, chance):
    """Return one conversation: the system's message, the messages, and which of them are to be learnt."""
    language = chance.choice(["en", "zh"])
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(3 * 365 * 1440))
    kind = chance.random()
    if kind < 0.3:
        return {"system": ANSWERING, "messages": talk(language, now, chance)}
    family = chance.choice(FAMILIES)
    tools = boxes[family]
    none, done = (f'{BEGIN}{{"name": "{name}", "arguments": {{}}}}{END}' for name in (NONE, DONE))
    if kind < 0.42:
        return {
            "system": acting(tools),
            "messages": [asked(chance.choice([*NOTHING[language], CLAIM[language][0]]), now), ["assistant", none]],
        }
    actions = [each for each in SENTENCES if each in tools and any(tongue == language for tongue, _ in SENTENCES[each])]
    wanted = [(*one(action, language, chance), action) for action in chance.sample(actions, min(len(actions), 2 if kind > 0.8 else 1))]
    joint = {"en": " and ", "zh": "，然后"}[language]
    messages = [asked(joint.join(text for text, _, _ in wanted), now)]
    for _, slots, action in wanted:
        messages += [
            ["assistant", call(action, tools, slots)],
            response(chance.choice(["Okay.", "Done.", "好的。", "Timer set."]), done=True),
        ]
    return {"system": acting(tools), "messages": [*messages, ["assistant", done]]}


def main(path):
    """Write the conversations, one a line."""
    app = open_app(Places("/tmp/hark-qwen-mini"), Config())  # noqa: S108 -- only the actions are wanted; nothing is stored
    actions = app.understanding.actions
    boxes = {family: toolbox(actions, next(name for name in actions if name.startswith(f"{family}."))) for family in FAMILIES}
    app.close()
    chance = random.Random(7)  # noqa: S311 -- no secret
    with Path(path).open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(conversation(boxes, chance), ensure_ascii=False) + "\n" for _ in range(COUNT))


if __name__ == "__main__":
    main(sys.argv[1])
