"""Jokes, coins, dice and numbers out of a hat."""

import random
from collections.abc import Sequence
from math import ceil, floor

from assistant.skill import CannotDo, Context, Reply, action

LARGEST_DIE = 1_000
MOST_DICE = 20

JOKES_EN = (
    "I set a timer to remind me to relax. Now I'm nervous about the timer.",
    "My alarm clock and I had a fight this morning. I won, nine minutes at a time.",
    "I asked the fridge for advice. It told me to stay cool and keep the door shut.",
    "A timer walks into a bar. The barman asks: staying long?",
    "My calendar broke up with me. It said I never had a date for it.",
    "I bought noise cancelling headphones. My neighbours say they are great. I think.",
    "The loudspeaker gave up on politics. Everybody kept turning it down.",
    "I told my plants a joke. They are still standing there, waiting for the punch line.",
    "The microphone is the best friend I have. It listens to everything and never interrupts.",
    "My kettle writes poetry, but only under pressure.",
    "I counted sheep last night. One of them asked me to start again, because it hadn't been ready.",
    "A comma met a full stop. They took a short break, and then it was over.",
    "I have a joke about silence. Here it is.",
    "My neighbour's parrot learned to say hey Jarvis. Now it has three timers, and I have none.",
    "A sock left my washing machine without its partner. It said it needed some space.",
    "I asked my dog for two minutes of quiet. He barked twice to confirm.",
    "My umbrella is never late. Every morning it is left behind right on time.",
    "I started a book on giving up. I'm on page two, and it's going very well.",
)

JOKES_ZH = (
    "我问冰箱为什么总亮着灯，它说：你半夜不开门，我从来不亮。",
    "小明失眠，医生让他数羊。第二天他说：数到三千只，天亮了，该放羊了。",
    "闹钟对枕头说：每天早上努力的是我，受欢迎的却是你。",
    "我买了一本书，叫《如何克服拖延》，打算明年开始看。",
    "计时器最怕听到哪句话？再等一分钟。",
    "鱼问水：你为什么冒泡？水说：因为锅开了。",
    "同事问我周末做什么。我说：周六休息。他问：周日呢？我说：周六休息太累了，周日接着休息。",
    "减肥的秘诀是少吃。减肥的难处，也是少吃。",
    "麦克风去相亲，对方嫌它只会听，不会说。旁边的音箱说：我正好相反。",
    "我问妈妈：我是不是全世界最可爱的？妈妈说：全世界我还没看完呢。",
    "医生说我要少看电脑。我说好的，于是换成了手机。",
    "我对体重秤说：咱们做朋友吧。它说：我只说实话，做不了朋友。",
    "雨伞最守时：每次都准时被忘在地铁上。",
    "路由器请了一天假，全家人终于坐在一起吃了顿饭。",
    "我让狗安静两分钟，它叫了两声，表示收到。",
    "一只袜子问另一只：你昨天去哪儿了？那只说：我在洗衣机里一转身，就没看见你了。",
    "豆浆对油条说：别难过，早上总有人需要我们。油条说：你当然不难过，被泡的又不是你。",
    "电梯对楼梯说：你看起来很累。楼梯说：累的是走我的人。",
)

RULES = {
    "decide": "((to|so i can) (decide|choose|pick)|and tell me [what it lands on|the result]|heads or tails|i call (heads|tails))",
    "some": "[a|another|one more|some|any|one|the best|your (best|favorite|favourite)]",
    "good": "[good|funny|new|short|silly|great|really (good|funny)|better|dad]",
    "joke": "(joke|jokes|one liner|pun)",
    "die": "(die|dice)",
    "dice": "(dice|die)",
    "roll": "(roll|throw|toss|cast) [me]",
    "zh_tell": "(讲|说|来|整|换|听|听听|想听|讲讲|给我讲|再讲|再说|再来)",
    "zh_one": "[我][一个|个|一则|则|一段|段|几个|点|些]",
    "zh_die": "(骰子|色子|筛子)",
    "zh_roll": "[再](掷|扔|丢|摇|投|抛|甩)",
    "zh_pick": "(选|挑|说|给|给我|来|想|取|生成|产生|抽|报|随机选|随机挑|随机说|随机给|随机给我|随机来|随机取|随机生成|随机抽)",
}


class Deck:
    """Texts told in random order, none twice until all have been told."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._left: list[str] = []

    def draw(self) -> str:
        """Return the next text."""
        if not self._left:
            self._left = CHANCE.sample(self._texts, len(self._texts))
        return self._left.pop()


CHANCE = random.SystemRandom()
DECKS = {"en": Deck(JOKES_EN), "zh": Deck(JOKES_ZH)}
"""What has been told since Hark was started; it need not outlive the process."""


@action(
    en=[
        "(tell|tell me|tell us|give me|say|crack|share|read me|hit me with) <some> <good> <joke>",
        "(tell|tell me|give me|say) (another|another one|one more)",
        "[do] you (know|have|got) <some> <good> <joke>",
        "(i want to|i would like to|i wanna|let me) hear <some> <good> <joke>",
        "(i need|i want|i could use|how about|got|know|what is|have you got) <some> <good> (<joke>|laugh)",
        "(tell me|say|i want to hear|do you know) something (funny|amusing)",
        "(make me (laugh|smile|giggle)|cheer me up|be funny|amuse me|entertain me|humor me|joke me)",
        "(what|which) (funny|good) (joke|jokes) do you know",
        "(what is|tell me|do you know) the (funniest|best|latest) joke [(you know|ever|you have heard)]",
        "(have you heard|heard) any <good> jokes [lately]",
        "<some> <good> joke of the day",
        "<some> <good> <joke>",
    ],
    zh=[
        "<zh_tell><zh_one>[好笑的|新的|冷|搞笑的|短]笑话[听听|听|来听听]",
        "<zh_tell><zh_one>(段子|好笑的|搞笑的|有趣的)[听听|听]",
        "[冷]笑话",
        "[你](有|会|会讲|会说|知道)[没有][什么|哪些]笑话",
        "(逗我笑|逗逗我|逗我开心|让我笑|让我开心|逗我乐)[一下|一笑]",
    ],
    rules=RULES,
    reads=True,
)
async def joke(ctx: Context) -> Reply:
    """Tell a short joke."""
    text = DECKS[ctx.language].draw()
    return Reply(en=text, zh=text)


@action(
    en=[
        "(flip|toss|throw|spin|do) [me] (a|the|my|another|one|that|this) [fair] (coin|quarter|dime) [again|once|one time|<decide>]",
        "(flip|toss) (one|it) [again|<decide>]",
        "[do|give me|i need|i want|how about|let us do|let us decide with|what about] (a|one|another) coin (flip|toss)",
        "coin (flip|toss)",
        "(heads or tails|head or tail|tails or heads)",
        "(what is it|is it|call it) heads or tails",
    ],
    zh=[
        "[再](抛|扔|丢|掷|投|翻|弹)[一个|个|一枚|枚|一次|一下|下]硬币",
        "[再](抛|扔|丢|掷|投)(个|一个|一枚|枚)(钢镚|铜板|硬币)[决定|看看]",
        "[猜]正面还是反面",
        "(正反面|正面反面|抛硬币决定|硬币正反面)",
    ],
    rules=RULES,
    reads=True,
)
async def coin(ctx: Context) -> Reply:  # noqa: ARG001 -- every action is given its context
    """Flip a coin."""
    if CHANCE.random() < 0.5:
        return Reply(en="Heads.", zh="正面。")
    return Reply(en="Tails.", zh="反面。")


@action(
    en=[
        "<roll> [(a|the|one|some|my|another|that|this|those|these)] <die> [again|once|one time|for me]",
        "<roll> {count=2} a pair of <die>",
        "<roll> [(a|the|one|another)] {sides} (sided|side|faced) <die>",
        "<roll> [(a|the|one|another)] <die> with {sides} (sides|faces)",
        "<roll> [a|one] d {sides}",
        "<roll> {count} <dice>",
        "<roll> {count} {sides} (sided|side) <dice>",
        "<roll> {count} d {sides}",
        "[a|give me a|do a|i need a] [{sides} (sided|side)] (dice|die) (roll|throw)",
        "(give|let) the dice [a] roll",
    ],
    zh=[
        "<zh_roll>[一个|个|一次|一下|一颗|颗|一枚]<zh_die>",
        "<zh_roll>[一个|个|一颗|颗]{sides}面[的]<zh_die>",
        "<zh_roll>{count}[个|颗|枚]<zh_die>",
        "<zh_roll>{count}[个|颗|枚]{sides}面[的]<zh_die>",
    ],
    rules=RULES,
    reads=True,
)
async def dice(ctx: Context, sides: int = 6, count: int = 1) -> Reply:
    """Roll dice.

    Args:
        sides: How many sides each die has; absent means 6.
        count: How many dice; absent means one.
    """
    if sides != int(sides) or not 2 <= sides <= LARGEST_DIE:
        raise CannotDo(en=f"A die has 2 to {LARGEST_DIE} sides.", zh=f"骰子可以有2到{LARGEST_DIE}面。")
    if count != int(count) or not 1 <= count <= MOST_DICE:
        raise CannotDo(en=f"I can roll 1 to {MOST_DICE} dice at once.", zh=f"一次可以掷1到{MOST_DICE}个骰子。")
    rolled = [CHANCE.randint(1, int(sides)) for _ in range(int(count))]
    if len(rolled) == 1:
        return Reply(en=f"{rolled[0]}.", zh=f"{rolled[0]}点。")
    said = ctx.say([str(each) for each in rolled])
    return Reply(en=f"{said}. Together {sum(rolled)}.", zh=f"{said}，一共{sum(rolled)}点。")


@action(
    en=[
        "<pick> (a|any|another|one|some) [random] number [<range>]",
        "[a] random number [<range>] [please]",
        "[random] number <range>",
        "(pick|choose|guess) [one] <range>",
    ],
    zh=[
        "<zh_pick>[出][一个|个][随机]数[字]",
        "[随机]<zh_pick>[出][一个|个]<zh_range>[之间|之内|以内|中间|里][的[一个|随机]]数[字]",
        "[从|在]<zh_range>[之间|之内|中间|里|中]<zh_pick>[出][一个|个][随机]数[字]",
        "[给我][一个|个]随机数[字]",
        "<zh_range>[之间]的随机数[字]",
        "<zh_pick>[出][一个|个]{high}(以内|以下)的[随机]数[字]",
    ],
    rules=RULES
    | {
        "pick": "(pick|choose|give me|tell me|say|think of|generate|draw|get [me]|select|name|i need)",
        "range": "(between {low} and {high}|from {low} to {high}|{low} to {high}|(up to|below|under) {high})",
        "zh_range": "[从|在]{low}(到|至|和|与){high}",
    },
    reads=True,
)
async def number(ctx: Context, low: int = 1, high: int = 100) -> Reply:  # noqa: ARG001 -- every action is given its context
    """Pick a random whole number.

    Args:
        low: The smallest it may be; absent means 1.
        high: The largest it may be; absent means 100.
    """
    first, last = ceil(min(low, high)), floor(max(low, high))
    if first > last:
        raise CannotDo(en=f"There is no whole number between {low} and {high}.", zh=f"{low}和{high}之间没有整数。")
    picked = CHANCE.randint(first, last)
    return Reply(en=f"{picked}.", zh=f"{picked}。")
