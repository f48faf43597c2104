"""How people name timers and what they want with them, as rules for the templates of this family."""

RULES = {
    "a": "[a|an|one|another|the|my] [new|quick|countdown]",
    "the": "[the|my|our|that|this|a|current]",
    "timer": "(timer|countdown|countdown timer|count down)",
    "timers": "(timers|countdowns|countdown timers)",
    "which": "<the> ([{label}] (timer|countdown|countdown timer)|(timer|countdown) <named> {label})",
    "named": "(for|called|named|labeled|labelled) [the|my]",
    "for": "[for|of|at|to|with]",
    "long": "(how long|how much time|how much longer|how many minutes)",
    "over": "(end[s]|ring[s]|(go|goes) off|(is|be) (up|done|over)|finish[es]|expire[s]|run[s] out)",
    "zh_which": "[我的|我那个|这个|那个|当前|当前的|现在的][{label}][的]<zh_timer>",
    "zh_timer": "(计时器|定时器|倒计时|计时|定时|倒数计时|倒计时器)",
    "zh_all": "(所有|全部|全部的|所有的|每个|每一个)",
    "zh_cancel": "(取消|删除|删掉|关掉|关闭|停止|停掉|结束|终止|去掉|清除|清空|关|停|撤掉|不要)",
    "zh_long": "(多久|多长时间|多少时间|几分钟|多少分钟|多少|几秒|多少秒|多长)",
    "zh_over": "(响|结束|到|到时间|停|好|完|到点)",
}

START_RULES = {
    "set": "(set|set up|start|begin|create|make|run|put on|add|do|put|launch"
    "|set me|set up me|start me|create me|make me|add me|give me|get me|set us|fix me|have|turn on|i need|i want|i would like)",
    "zh_set": "(定|设|开|来|弄|设置|设定|开始|启动|开启|新建|创建|添加|建|上|打开|要|加|订|做)[了][个|一个|一下]",
    "zh_call": "(叫我|喊我|叫一下我|告诉我|响|叫醒我)",
}

START_EN = [
    "<set> <a> <timer> <for> {duration} [<named> {label}]",
    "<set> <a> {duration} [long] <timer> [<named> {label}]",
    "<set> <a> <timer> <named> {label} <for> {duration}",
    "<set> <a> {label} <timer> <for> {duration}",
    "<set> <a> {duration} {label} <timer>",
    "(set {duration} on (the|a|my) timer|(set|put|start) {duration} on the clock)",
    "[a] {duration} <timer> [<named> {label}]",
    "<timer> <for> {duration} [<named> {label}]",
    "[a|an|the|my] {label} <timer> <for> {duration}",
    "{duration} {label} <timer>",
    "(time|countdown|count down|count down from|time me for) {duration}",
    "(start|begin) (counting down|timing) [from|for] {duration}",
    "(wake|tell|alert|notify|ping|call|buzz|beep at|warn) me [up] (in|after) {duration}",
    "(let me know|ring|beep|give me a (shout|ring|call)) (in|after) {duration}",
    "(let me know|tell me|alert me|ring|beep) when {duration} (are|is|have|has) (up|over|passed|gone by|elapsed)",
    "{duration} (from now|starting now|on the clock)",
    "<set> <a> <timer> [<named> {label}]",
    "<set> <a> {label} <timer>",
]

START_ZH = [
    "<zh_set>{duration}[的|钟的]<zh_timer>",
    "<zh_set>{duration}[的]{label}[的]<zh_timer>",
    "<zh_set>{label}[的]{duration}[的]<zh_timer>",
    "<zh_set>[{label}][的]<zh_timer>[时间][为|是|到|上]{duration}",
    "[{label}][的]<zh_timer>(定|设|设置|设定)[了]{duration}",
    "<zh_set>{duration}后开始<zh_timer>",
    "[给]{label}[的]<zh_timer>{duration}",
    "<zh_timer>[时间][为|是|到]{duration}",
    "{duration}[的][{label}]<zh_timer>",
    "({duration}(后|以后|之后|过后)|(过|等){duration}[后|以后|之后|再])<zh_call>",
    "(到|满){duration}[了]<zh_call>",
    "(倒数|开始倒计时|开始计时|计个){duration}",
    "(叫我|喊我){duration}(后|以后|之后)",
    "给{label}(定|设|计)[个]{duration}[的][<zh_timer>]",
    "<zh_set>[{label}][的]<zh_timer>",
]

EACH_RULES = {
    "how_many": "(two|three|four|five|both|several|multiple|some|a few|a couple of|these)",
    "more": "(more|separate|different|new)",
    "zh_how_many": "(两个|三个|四个|几个|俩|两|三)",
}

EACH_EN = [
    "<set> [<how_many>] [<more>] <timers> <for> {durations}",
    "<set> [<how_many>] [<more>] {durations} <timers>",
    "[<how_many>] <timers> <for> {durations}",
    "{durations} <timers>",
    "<set> <a> <timer> <for> {durations}",
    "<set> [<how_many>] [<more>] <timers> [the first|one] [(for|of|at)] {durations}",
]

EACH_ZH = [
    "<zh_set>[<zh_how_many>]{durations}的<zh_timer>",
    "<zh_set>[<zh_how_many>]<zh_timer>{durations}",
    "[<zh_how_many>]{durations}的<zh_timer>",
    "<zh_timer>{durations}",
]

CANCEL_RULES = {
    "cancel": "(cancel|stop|end|delete|remove|clear|kill|kill off|(turn|switch|shut) off|get rid of|dismiss|abort|drop|disable|scrap"
    "|scratch|bin)",
    "every": "(all|both|all of|both of|every one of)",
}

CANCEL_EN = [
    "<cancel> <which>",
    "<cancel> <the> {duration} [long] <timer>",
    "<cancel> <the> <timer> (for|of) {duration}",
    "<cancel> {all=true} [<every>] [the|my|our] [{label}] <timers>",
    "<cancel> {all=true} (every|each|any) [{label}] <timer>",
    "<cancel> {all=true} (all of them|both of them|all of the timers)",
    "turn (<which>|{all=true} [<every>] [the|my] <timers>) off",
    "(no more|never mind|forget|i do not need|i no longer need|no need for) <which> [any more|anymore|any longer]",
]

CANCEL_ZH = [
    "(<zh_cancel>|取消一下)<zh_which>",
    "<zh_cancel>[我的|这个|那个]{duration}[的]<zh_timer>",
    "<zh_cancel>{all=true}[我]<zh_all>[的][{label}]<zh_timer>",
    "(把|将)[我]<zh_all>[的]<zh_timer>[都|全|全部|全都|给]<zh_cancel>[了|掉]{all=true}",
    "(把|将)[我的|这个|那个]{duration}[的]<zh_timer>[给]<zh_cancel>[了|掉]",
    "(把|将)<zh_which>[给]<zh_cancel>[了|掉]",
    "[把|将][<zh_all>]<zh_timer>(都|全|全部|全都)<zh_cancel>[了|掉]{all=true}",
    "<zh_which><zh_cancel>[了|掉]",
    "(别|不要|不用)[再](计时|倒计时|倒数)[了]",
    "<zh_timer>(不要|不用|不需要|算)了",
]

PAUSE_EN = [
    "(pause|hold|freeze|suspend|halt|interrupt|hold fire on) <which> [for a (moment|second|minute|bit|while|sec)]",
    "put <which> on (hold|pause)",
    "(pause|hold|freeze|stop) the clock",
]

PAUSE_ZH = ["(暂停|先停|停一下|先停一下|先暂停|暂停一下)<zh_which>", "[先][把|将|让]<zh_which>[先](暂停|停一下|停一停|暂停一下)"]

REMAINING_EN = [
    "(which|what) (one|<timer>|of them) (ends|rings|finishes|goes off|is done|is up|runs out) (first|next|last)",
    "(<long>|how much) <left> [(on|for|of|in|with|until)] <which> [left|remaining]",
    "<long> (does|do|has|have) <which> (have|got|need) [left|to go|remaining]",
    "<long> (do i have|have i got) [left] [(on|for|with) <which>] [left]",
    "(<long> (is left|left|to go|remaining|is remaining)|how much longer for <the> {label})",
    "<long> [is it] (until|till|before) <which> <over>",
    "<long> [is it] (until|till|before) <the> {label} (is|are) (done|ready|finished)",
    "(when|what time) (is|will|does) <which> (<over>|done|up|over|finished|going off)",
    "(what is|how is|where is|what about) <which> [at|doing|status]",
    "[tell me|check|show me|give me|what is] the (status|state|remaining time|time left|time remaining) (of|on|for) <which>",
    "((check|check on|show|show me|read) <which>|<which> (status|time left|remaining|time remaining))",
    "(what|which) <timers> (do i have|are (set|running|on|active|there|going)|have i set) [running|set|going|on|active]",
    "[list|show|show me|tell me|read|read me|check|what are] [all] [the|my] [active|running|current] <timers>",
    "(do i have|are there|is there|have i got|have i set) (any|a) [active|running] (<timer>|<timers>) [running|set|going|on|left]",
    "how many <timers> (do i have|are there|are running|are set|have i set) [running|set|on]",
    "is <which> (still running|still going|running|on|done|finished|over|paused|set) [yet]",
]

REMAINING_ZH = [
    "哪[一]个[<zh_timer>]先(响|结束|到|到时间|停|好|完)",
    "<zh_which>[现在][还](剩|剩下|剩余|有|要|差|得)<zh_long>[时间][才][<zh_over>]",
    "{label}(还剩|还剩下|还有|还要|还差|还得)<zh_long>[时间][才]<zh_over>",
    "(还剩|还剩下|剩下|还有|还要|还差|离结束还有)<zh_long>[时间][才][<zh_over>]",
    "[离|距|距离]<zh_which><zh_over>(还有|还剩|还要)<zh_long>[时间]",
    "<zh_which>(什么时候|几点|啥时候|多久|还有多久)[才][会|后|能]<zh_over>",
    "(查看|看看|看一下|查一下|显示|列出|查询|检查)[所有|全部|所有的]<zh_which>[的][状态|剩余时间|时间]",
    "[我|现在][现在|都][还]有(哪些|几个|什么|没有|多少个|多少)<zh_timer>[在走|在跑|在运行]",
    "[我|现在][还]有<zh_timer>(吗|没有|没|在走吗|在运行吗|在走|在运行)",
    "<zh_which>[的](剩余时间|状态|时间)[是多少|多少]",
    "<zh_which>(到哪了|走到哪了|怎么样了|还在走吗|好了吗|到了吗|结束了吗|好了没|到了没)",
]
