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
    "<set> <a> <timer> [(called|named|for (the|my)) {label}]",
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
