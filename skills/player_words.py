"""How people tell a player what to do; what is freely named is only taken after words that are unmistakable."""

from collections.abc import Iterable

from skills.playing import GENRES


def spelled(names: Iterable[str]) -> str:
    """Return a choice of names, each of which gives the slot `query` its own words."""
    return "(" + "|".join(f"{said} {{query={said}}}" for said in dict.fromkeys(names)) + ")"


ALL_GENRES = [name for genre, others in GENRES.items() for name in (genre, *others)]
EN_GENRES = [
    *(
        name
        for name in ALL_GENRES
        if name.replace(" ", "").isascii() and name.replace(" ", "").isalpha() and name not in {"kids", "country"}
    ),
    *("indie rock", "disco", "salsa", "funk", "gospel", "punk", "bossa nova", "swing", "motown", "ambient", "heavy metal"),
]
ZH_GENRES = [
    *(name for name in ALL_GENRES if not name.isascii()),
    *("京剧", "相声", "评书", "越剧", "粤语歌", "英文歌", "老歌", "钢琴曲", "交响乐", "黄梅戏", "戏曲", "韩语歌", "日语歌"),
]
"""Sorts of music that are known as such by their names alone."""

RULES = {
    "play": "(play|put on|stick on|throw on|start|start playing|listen to|let us hear|let us have|i want to (hear|listen to)|queue up)",
    "the": "[the|my|our|a|an]",
    "some": "[some|a bit of|a little|me some|me|something|more]",
    "genre": spelled(EN_GENRES),
    "music": "(music|song|songs|tune|tunes|track|podcast|audiobook|audio book|radio|playback|book|player|player|playlist|album|episode)",
    "it": "(it|that|this|[the|my|this|that] <music>)",
    "one": "(song|track|tune|one|episode|chapter|piece|station)",
    "stop": "(pause|stop|halt|hold|freeze)",
    "zh_play": "(放|播放|播|来|听|放一下|播一下|听一下|我想听|我要听|想听|给我放|帮我放|给我来)",
    "zh_some": "[点|一点|些|一些|首|一首|个|段|一段|点儿|会儿]",
    "zh_genre": spelled(ZH_GENRES),
    "zh_music": "(音乐|歌|歌曲|曲子|播客|广播|收音机|电台|有声书)",
    "zh_one": "[一](首|曲|个|集|章|期|回|台)[歌|节目]",
}

PLAY = {
    "en": [
        "play some music",
        "play [me|us] (music|some music|something|a song|a tune|anything|some tunes|tunes|some songs)",
        "(put|stick|turn) (some music|some tunes|something|music|tunes) on",
        "(put|stick|throw|turn) on (some music|some tunes|something|music|tunes)",
        "(start|shuffle|start playing|begin) [the|my|playing] (music|songs|library|some music)",
        "i (want|would like|feel like) [to] (hear|listen to|hearing|listening to) [some] music",
        "(let us have|give me|i want|i feel like|how about) (some music|some tunes|a song)",
        "surprise me with (a song|some music)",
        "<play> [me] the (song|track) [called] {query} {kind=song}",
        "<play> [me] <some> (songs|music|a song|something|anything|tracks|a track|a few songs|hits) by {query} {kind=artist}",
        "shuffle (songs|music|tracks) by {query} {kind=artist}",
        "play the (artist|band|singer) {query} {kind=artist}",
        "<play> [me] <the> (album|record) [called] {query} {kind=album}",
        "<play> [me] <the> {query} album {kind=album}",
        "(<play>|shuffle|open) [me] <the> {query} playlist {kind=playlist}",
        "(<play>|shuffle) [me] <the> playlist [called|named] {query} {kind=playlist}",
        "<play> <some> <genre> [music|songs|tunes] {kind=genre}",
        "(play|put on|turn on|stick on) [me] (some|a bit of|a little|a little bit of) {query} (music|tunes) {kind=genre}",
        "<play> [me] <the> podcast [called|about|on] {query} {kind=podcast}",
        "<play> [me] <the> {query} podcast {kind=podcast}",
        "<play> [me] the (latest|newest|last) episode of {query} {kind=podcast}",
        "<play> [me] (a podcast|my podcasts|podcasts) {kind=podcast}",
        "(<play>|turn on|switch on|open|activate|fire up) [the|my|some|a] [fm|am|digital|internet] radio {kind=radio}",
        "(turn|switch|put) the radio on {kind=radio}",
        "(<play>|turn on) <the> radio station {query} {kind=radio}",
        "(tune|tune in) [the radio] to {query} {kind=radio}",
        "<play> [me] <the> (audiobook|audio book) [of|called] {query} {kind=audiobook}",
        "<play> [me] <the> {query} (audiobook|audio book) {kind=audiobook}",
        "<play> [me] (an|my) (audiobook|audio book) {kind=audiobook}",
    ],
    "zh": [
        "<zh_play><zh_some>(音乐|歌|歌曲|曲子|歌听听|音乐听听)",
        "(随便)(放|播放|来)<zh_some>(歌|音乐|什么|)",
        "(随机播放|随机放)[我的][歌|歌曲|音乐]",
        "(打开|开|开始放|开始播放)音乐",
        "听歌",
        "<zh_play>歌曲{query}{kind=song}",
        "<zh_play>[一首|首]{query}这首歌{kind=song}",
        "单曲循环{query}{kind=song}",
        "<zh_play>专辑{query}{kind=album}",
        "<zh_play>{query}(这张专辑|整张专辑){kind=album}",
        "(<zh_play>|打开)[我的](歌单|播放列表){query}{kind=playlist}",
        "(<zh_play>|随机播放|打开)[我的|我|个|那个]{query}(歌单|播放列表){kind=playlist}",
        "<zh_play><zh_some><zh_genre>[音乐|歌曲]{kind=genre}",
        "(<zh_play>|收听)播客{query}{kind=podcast}",
        "(<zh_play>|收听)[个|一个]{query}播客{kind=podcast}",
        "(<zh_play>|收听)[个]播客{kind=podcast}",
        "(<zh_play>|打开|开|收听)[个](广播|收音机|电台){kind=radio}",
        "(<zh_play>|打开|收听|换到|调到)[个]{query}(电台|广播){kind=radio}",
        "(<zh_play>|打开)(有声书|有声小说){query}{kind=audiobook}",
        "(<zh_play>|打开){query}(有声书|有声小说){kind=audiobook}",
        "(<zh_play>)(有声书|书|小说){kind=audiobook}",
    ],
}

PAUSE = {
    "en": [
        "(turn|switch|shut) (off [the] music|the music off)",
        "[the] music off",
        "pause [<it>|what is playing|everything|for a (second|minute|moment)]",
        "<stop> [the|my|this|that] <music> [for a (second|minute|moment|bit)]",
        "(stop|quit) playing [it|that|this|music|the music]",
        "(turn|switch|shut) (off the (radio|podcast|audiobook|song|tunes)|the (radio|podcast|audiobook|song|tunes) off)",
        "(cut|kill|end) the (music|tunes|song|radio|podcast)",
        "(radio|podcast|music|playback) (pause|stop)",
        "put (it|<it>) on (pause|hold)",
        "(no|that is enough|enough|i have had enough) [more] [of] [this|the] music [please]",
        "(i do not|i no longer) want [any] music [any more|anymore]",
        "hold on pause it",
    ],
    "zh": [
        "[先]暂停[一下|下][播放|<zh_music>|放歌]",
        "<zh_music>[先](暂停|停|停了|停一下|暂停一下|关了|关掉)",
        "(把|将)<zh_music>(暂停|停了|停一下|关了|关掉|停掉|停一停|暂停一下)",
        "(停止|停|停下|关|关掉|关闭|停掉)<zh_music>",
        "(停止|停)(播放|放歌|播)",
        "(别|不要|先别)[再](放|播|唱)[歌|音乐|了]",
        "[我](不|不想)听(歌|音乐|广播|收音机)[了]",
        "不想听了",
    ],
}

RESUME = {
    "en": [
        "resume [the] music",
        "(turn|switch) (the music back on|on the music again|back on the music|the music on again)",
        "[the] music back on",
        "(start|play|pick up) [the|my] <music> (back up|where i (left it|left off|left|stopped) [it] [yesterday|last time])",
        "(resume|unpause|un pause) [<it>|playing|what i was listening to]",
        "(continue|carry on|go on|keep|keep on) playing [it|that|[the|my] <music>]",
        "(continue|carry on|go on) [with] [the|my|this|that] <music>",
        "(play|put|bring) [the|my] <music> back on",
        "(start|play) [the|my] (music|playback|playing) again",
        "(press|hit|just) play",
        "play (on|it)",
        "(let|get back to|back to) [the|my] <music> [play]",
        "pick up where (we|i) left off",
        "take (it|the music|the song) off pause",
        "you can (play|continue|carry on with) the music [again|now]",
    ],
    "zh": [
        "继续[播放|放|放歌|放音乐|播|听|听歌|唱|<zh_music>]",
        "(继续|接着)(放|播放|播|听|唱)[刚才的|刚才那首]<zh_music>",
        "接着(放|播|听|唱|播放)",
        "<zh_music>(继续|继续放|接着放|接着播)",
        "恢复(播放|<zh_music>)",
        "(不|不用|别)暂停[了]",
        "(可以继续|继续)(放|播放|播)[了]",
        "(把|将)(<zh_music>|刚才的歌)(接着放|继续|继续放)",
        "从(刚才|上次)(停的地方|听到的地方)(继续|接着放|开始)",
    ],
}

NEXT = {
    "en": [
        "next song",
        "[the] next [<one>]",
        "(play|go to|move to|move on to|go on to|jump to|skip to|put on|i want|let us hear|give me) [the] next <one>",
        "skip [(it|this|that)|[the|this|that] <one>|ahead|forward]",
        "(skip|move|go|jump) (ahead|forward) [a|one] <one>",
        "(change|switch) [the|this] (song|track|tune)",
        "(another|a different|different) (song|track|tune)",
        "(play|give me) (another song|another track|a different song)",
        "play (something else|another one)",
        "not this (one|song) [again]",
        "i (do not like|hate|can not stand|am sick of|am bored of|am tired of) this (song|track|one|tune)",
        "get rid of this (song|track)",
        "on to the next [<one>]",
    ],
    "zh": [
        "下<zh_one>",
        "下首[歌]",
        "(放|播放|播|听|来|切|切到|切换到|跳到|切换|跳|换)下<zh_one>",
        "切[一下|个]歌",
        "跳过[这][一][首|集|个|曲][歌]",
        "换[一](首|个|曲)[别的|歌|歌听]",
        "换歌",
        "[我](不要|不听|不想听|不喜欢|别放)这[一]首[歌][了]",
        "这首[歌](不好听|难听|听腻了|听过了|我不喜欢)",
    ],
}

PREVIOUS = {
    "en": [
        "previous song",
        "[the] previous [<one>]",
        "(play|go to|go back to|return to|back to|skip to|skip back to|rewind to|repeat|replay|put on) [the] previous <one>",
        "(go back to|back to|return to|replay|rewind to) [the] last (song|track|tune)",
        "[play] [the|that] last (song|track|tune) [again|one more time|once more]",
        "(go|skip|jump|move) back (a|one) <one>",
        "(back|rewind) (a|one) <one>",
        "skip (back|backwards)",
        "play the (one|song|track) before [this|that] [one]",
        "(restart|start over|start) (this|the) (song|track) [over|again|from the beginning]",
        "play (it|this) from the beginning",
        "from the top",
    ],
    "zh": [
        "上<zh_one>",
        "上首[歌]",
        "(放|播放|听|回到|返回|回|退回|切回|切到|切换到|跳回|重放)上<zh_one>",
        "(前|前面)[的|那]一?首[歌]",
        "(退|往回|往前|倒回去)一首",
        "(放|回到|再放一遍|再听一遍)(刚才|刚刚)那首[歌]",
        "(刚才|刚刚)那首[歌](再放一遍|再来一遍|再放一次)",
        "[这首歌|这首](从头放|从头播放|重新放|从头再来一遍)",
        "重新播放这首歌",
    ],
}

WHAT = {
    "en": [
        "what song is this",
        "what is (this|that|playing|the name of this|on) [song|track|tune|piece] [called] [right now]",
        "what (song|track|tune|music|album|podcast|episode|book|station|radio station|band|piece) is (this|that|playing|on) [from|called]",
        "which (song|track|album|artist|band|station) is (this|that|playing)",
        "what (are you|am i|are we) (playing|listening to)",
        "what is (this|that|the) (song|track|tune|band|podcast) called",
        "what is the (name|title) of (this|that|the) (song|track|tune|piece) [that is playing]",
        "(who is|who) (this by|singing [this [song]]|sings this [song]|plays this|playing this|made this (song|track)|this song by)",
        "who is the (artist|singer|band)",
        "(name|identify) (this|that) (song|track|tune)",
        "name of (this|the) song",
        "(song|track) (name|title|info)",
        "now playing",
        "tell me (what song this is|what is playing|who is singing|the name of this song|who this is by)",
        "do you know (this song|what song this is|who sings this)",
    ],
    "zh": [
        "这是什么歌",
        "[现在|正在|当前|你|我们][在](放|播放|听|播)[的][是](什么|啥|哪首歌|什么歌|什么音乐|哪一首)",
        "(这|这是|现在放的是|你放的是|放的是|播放的是)(什么|啥|哪首|哪一首)(歌|曲子|音乐|专辑|播客|电台|曲|书)",
        "这[首]歌(叫什么|叫啥|叫什么名字|是谁唱的|谁唱的|的名字是什么|的名字|是什么)",
        "(这|这首歌|这首)是谁(唱|的歌|唱的)[的]",
        "(谁唱的|谁在唱|歌手是谁|歌名是什么|歌手叫什么|歌名叫啥|听歌识曲|当前歌曲)",
        "(告诉我|请问|你知道)(这是什么歌|这首歌叫什么|这首歌的名字|现在放的什么|现在放的是什么歌)",
    ],
}
