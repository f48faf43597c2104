"""How loud the machine is."""

from typing import Literal

from assistant.skill import CannotDo, Context, Level, Percent, Reply, action, inverse

STEP = 10.0
"""Percent that "louder" and "quieter" mean, about what a keyboard's volume keys do."""

RULES = {
    "volume": "[the|your|my] ([<kind>] ((volume|sound|audio) [level]|loudness) [<of>]|speaker[s]|music)",
    "kind": "(speaker[s]|master|system|media|music|radio|audio|playback|music player|media player)",
    "of": (
        "(of|on|for) [the|my|this|your] [current|this] (speaker[s]|music|song|track|computer|radio|sound|music player|media player|system)"
    ),
    "it": "(it|that|this|yourself|<volume>)",
    "up": "(up|higher|louder) {direction=up}",
    "down": "(down|lower|quieter|softer) {direction=down}",
    "more": "(increase|raise|boost|up|bump up|pump up|crank up|turn up|bring up|amplify) {direction=up}",
    "less": "(decrease|lower|reduce|drop|turn down|bring down|soften|cut|dial down|tone down) {direction=down}",
    "bit": "[[just] (a bit|a little|a little bit|some|slightly|a touch|a notch|one notch|a tad)] [[even] more]",
    "lot": "(a lot|a lot more|way|much|far|way more) {step=30}",
    "by": "[by] {step} [percent|per cent|points|%]",
    "zh_volume": "[系统|电脑|扬声器|喇叭|音箱|你][的](音量|声音|响度)",
    "zh_to": "(调到|设为|设成|调成|设置为|设置到|设定为|开到|调至|设到|降到|升到|放到|<zh_moved>到|变成|改成|改为)",
    "zh_moved": "(提高|降低|调高|调低|加|减|调大|调小|增加|减少)",
    "zh_up": "(调大|调高|加大|增大|提高|增加|放大|开大|变大|大|高|响|加|升高|调响|往上调){direction=up}",
    "zh_down": "(调小|调低|减小|降低|减少|放小|开小|变小|小|低|轻|减|关小|调轻|压低|往下调){direction=down}",
    "zh_bit": "[一点|一点点|一些|点|点儿|一点儿|些|一下|一格|一档|点声]",
    "zh_lot": "(很多|多点|得多|好多|许多){step=30}",
}


@action(
    en=[
        "(set|turn|put|change|make|bring|adjust|get|take|keep) <it> [up|down] (to|at|on) [the] [level] {level} [level|setting]",
        "(i want|i would like|make sure) <it> [is|set] (to|at|on) {level}",
        "(set|adjust|change|put) <volume> {level}",
        "(<raise>|<lower>) <it> to {level}",
        "turn (up|down) <volume> to {level}",
        "<volume> [level|setting|up to|down to|to|at|on|should be|needs to be] {level}",
        "{level} volume",
        "[turn|turn it|put it] [up|down] to {level}",
        "(turn|put|crank|set) <it> [up] [to] {level=100} (all the way up|full blast|as loud as possible|ten|eleven|10|11|the top)",
        "(set|turn|put|change|make|bring|adjust|keep) <volume> [to|at] (low{level=20}|medium{level=50}|high{level=80})",
        "(set|change|adjust) <volume>",
    ],
    zh=[
        "[把|将]<zh_volume><zh_to>{level}",
        "<zh_volume>[是|到]{level}",
        "<zh_to>{level}[的](音量|声音)",
        "(最大音量|最大声|音量最大|音量拉满|音量开满){level=100}",
        "(设置|设定|调整|调节)<zh_volume>",
    ],
    ask={"level": Reply(en="To how many percent?", zh="调到百分之多少？")},
    rules=RULES | {"raise": "(increase|raise|boost|up|bump up|crank up)", "lower": "(decrease|lower|reduce|drop|cut)"},
)
async def set_(ctx: Context, level: Level) -> Reply:
    """Set the volume of the sound output.

    Args:
        level: How loud, in percent.
    """
    if not 0 <= level <= 100:
        raise CannotDo(en="The volume goes from 0 to 100 percent.", zh="音量在百分之0到100之间。")
    undo = restore(percent=await ctx.volume(), muted=await ctx.muted())
    await make(ctx, level)
    return Reply(en=f"Volume {round(level)} percent.", zh=f"音量{round(level)}%。", undo=undo)


@action(
    en=[
        "turn <it> (<up>|<down>) <bit>",
        "turn <it> <bit> (<up>|<down>)",
        "turn (<up>|<down>) <it> <bit>",
        "turn (<up>|<down>) <bit>",
        "turn <it> [<lot>] (<up>|<down>) <by>",
        "turn <it> <lot> (<up>|<down>)",
        "turn <it> (<up>|<down>) <lot>",
        "(<more>|<less>) [<it>] <bit>",
        "(<more>|<less>) [<it>] <by>",
        "(<more>|<less>) <it> <lot>",
        "<volume> (<up>|<down>) [<bit>|<by>|<lot>]",
        "<volume> [is|should be] {direction=up} (too low|too quiet|increased|too soft|raised)",
        "<volume> [is|should be] {direction=down} (too high|too loud|decreased|lowered)",
        "(put|bring|take|get|move|bump|crank|pump|set|dial) <it> (<up>|<down>) [<bit>|<by>|<lot>]",
        "(make|play) [<it>] (<bit>|<lot>) {direction=up} (louder|higher)",
        "(make|play) [<it>] (<bit>|<lot>) {direction=down} (quieter|softer|lower|less loud)",
        "(<bit>|<lot>) {direction=up} (louder|more volume)",
        "(<bit>|<lot>) {direction=down} (quieter|softer|less volume|not so loud)",
        "[you are|it is|that is|i need it] (<bit>|<lot>) {direction=down} (too loud|so loud|quieter|softer)",
        "[you are|it is|that is|i need it] (<bit>|<lot>) {direction=up} (too quiet|too soft|louder)",
        "(speak|talk|get) {direction=up} (up|<bit> louder|loud|loudly)",
        "(speak|talk|get) {direction=down} <bit> (quieter|softer|lower|more quietly|more softly|quietly|softly)",
        "<volume> (increase|raise) {direction=up}",
        "<volume> (decrease|reduction) {direction=down}",
        "(i want|i need|i would like) <it> [to be] {direction=up} <bit> (louder|higher)",
        "(i want|i need|i would like) <it> [to be] {direction=down} <bit> (quieter|softer|lower)",
        "i (can not|can barely|can hardly) hear (you|it|anything|that) {direction=up}",
        "keep it down {direction=down}",
        "change <volume> {direction}",
    ],
    zh=[
        "[把|将]<zh_volume>[再](<zh_up>|<zh_down>)<zh_bit>",
        "[把|将]<zh_volume>[再](<zh_up>|<zh_down>)[了]{step}",
        "[把|将]<zh_volume>(<zh_up>|<zh_down>)<zh_lot>",
        "[再]([调|加|提|放|开|升](大|高)|提高|增大|增加|加){direction=up}<zh_bit>(音量|声音)[<zh_bit>]",
        "[再]([调|减|降|放|压](小|低)|减小|减少|降低|减){direction=down}<zh_bit>(音量|声音)[<zh_bit>]",
        "[声音|音量|说话]太(小|轻|低)[声]了{direction=up}",
        "[声音|音量|说话]太(大|响|吵|高|大声)[声]了{direction=down}",
        "[再|说话|稍微|说](大点|大一点|大点儿|响一点|响点|高一点|大)声[一点|点|些]{direction=up}",
        "[再|说话|稍微|说](小点|小一点|小点儿|轻一点|轻点|低一点|小)声[一点|点|些]{direction=down}",
        "(太吵了|吵死了|小点声儿|轻点儿){direction=down}",
        "[我](听不清|听不见|听不到|听不清楚)[了|你说话|声音|你说什么]{direction=up}",
        "[再](大|响)(一点|点|些|一些){direction=up}",
        "[再](小|轻)(一点|点|些|一些){direction=down}",
    ],
    rules=RULES,
    ask={"direction": Reply(en="Up or down?", zh="大一点还是小一点？")},
)
async def change(ctx: Context, direction: Literal["up", "down"], step: Percent | None = None) -> Reply:
    """Make the sound output louder or quieter.

    Args:
        direction: "up" for louder, "down" for quieter.
        step: By how many percent.
    """
    before, muted = await ctx.volume(), await ctx.muted()
    after = min(100.0, max(0.0, before + (STEP if step is None else step) * (1 if direction == "up" else -1)))
    if round(after) == round(before) and not (muted and direction == "up"):
        if direction == "up":
            return Reply(en="That's as loud as it gets.", zh="已经是最大音量了。")
        return Reply(en="The volume is at zero already.", zh="音量已经是零了。")
    await make(ctx, after)
    return Reply(en=f"Volume {round(after)} percent.", zh=f"音量{round(after)}%。", undo=restore(percent=before, muted=muted))


@action(
    en=[
        "mute [everything|it|yourself|that|this|<volume>|the computer|the machine]",
        "(turn|switch) <volume> off",
        "(turn|switch|shut) off <volume>",
        "(set|put|turn|switch) (it|<volume>) (to|on) (mute|silent|silence)",
        "(silent|quiet|mute) mode [on]",
        "(turn on|enable|activate|enter|go into|switch to) (silent|quiet|mute|silence) [mode]",
        "(no|kill|cut|disable|silence) (<volume>|the speakers)",
        "<volume> (off|muted|mute)",
        "go (silent|mute|quiet)",
    ],
    zh=[
        "静音[模式]",
        "(开启|打开|进入|切换到|设为|设置|设置成|调成|开|调到|设成|切到)静音[模式]",
        "[把|将]<zh_volume>(关掉|关闭|关了|关上|静音|关|静掉)[了]",
        "(关闭|关掉|关)<zh_volume>",
        "[把|将](电脑|系统|扬声器|喇叭|音箱|你自己)[调成|设为|设成|给]静音[了]",
        "(不要|别)(有|出)声音[了]",
        "消音",
    ],
    rules=RULES,
)
async def mute(ctx: Context) -> Reply:
    """Mute the sound output."""
    if await ctx.muted():
        return Reply(en="The sound is muted already.", zh="已经静音了。")
    undo = restore(percent=await ctx.volume(), muted=False)
    await ctx.set_muted(True)
    return Reply(en="Muted.", zh="已静音。", undo=undo)


@action(
    en=[
        "unmute [everything|it|yourself|that|this|<volume>|the computer|the machine]",
        "un mute [it|yourself|<volume>]",
        "(turn|switch) <volume> [back] on [again]",
        "(turn|switch) [back] on <volume> [again]",
        "<volume> [back] on",
        "(turn off|disable|deactivate|exit|leave|end|stop) (mute|silent|silent mode|mute mode|muting|quiet mode|the mute)",
        "(restore|bring back|enable) <volume>",
        "(silent|mute|quiet) mode off",
    ],
    zh=[
        "(取消|解除|关闭|退出|关掉|结束|停止)静音[模式]",
        "[把|将]静音(取消|关|关掉|解除|关闭)[了|掉]",
        "(打开|恢复|开启|开)<zh_volume>",
        "[把|将]<zh_volume>(打开|恢复|开开|开启)[了]",
        "(不要|别|不用)静音[了]",
        "(出声|有声|声音开)",
    ],
    rules=RULES,
)
async def unmute(ctx: Context) -> Reply:
    """Give the sound output its sound back."""
    if not await ctx.muted():
        return Reply(en="The sound is on already.", zh="声音本来就开着。")
    undo = restore(percent=await ctx.volume(), muted=True)
    await ctx.set_muted(False)
    return Reply(en="The sound is back on.", zh="声音已恢复。", undo=undo)


@action(
    en=[
        "(what is|tell me|check|show) (the|your|my|the current) (volume|sound level|volume level) [(at|set to|on)] <now>",
        "how (high|loud|low) is (the|your|my) (volume|sound) [set] <now>",
        "how loud (are you|is it|is the music) [set] <now>",
        "(what|which) (level|percentage|percent) is (the|your) volume [at|on]",
    ],
    zh=[
        "[你][现在|当前|目前][的](音量|声音)[现在|当前|目前][是|开到|调到](多少|多大|几|百分之几|百分之多少)[了|呢]",
        "(查看|看看|看一下|报一下|告诉我)[现在|当前|目前][的](音量|声音大小)",
        "现在声音开多大[了]",
    ],
    rules=RULES | {"now": "[(now|right now|at the moment|currently)]"},
    reads=True,
)
async def state(ctx: Context) -> Reply:
    """Tell how loud the sound output is."""
    level = round(await ctx.volume())
    if await ctx.muted():
        return Reply(en=f"It is muted; the volume is {level} percent.", zh=f"现在静音，音量{level}%。")
    return Reply(en=f"The volume is {level} percent.", zh=f"音量是{level}%。")


@inverse
async def restore(ctx: Context, percent: float, muted: bool) -> None:
    """Give the sound output the loudness it had."""
    await ctx.set_volume(percent)
    await ctx.set_muted(muted)


async def make(ctx: Context, percent: float) -> None:
    """Set the loudness so that it can be heard: a muted output is unmuted."""
    await ctx.set_volume(percent)
    if percent > 0 and await ctx.muted():
        await ctx.set_muted(False)
