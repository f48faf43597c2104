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
