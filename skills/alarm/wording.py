"""How people name alarms and what they want with them, as rules for the templates of this family."""

RULES = {
    "a": "[a|an|the|my|one|another|me an|me a] [new] [(repeating|recurring)]",
    "set": "(set|set up|create|make|add|put|put on|schedule|start|set me|set up me"
    "|create me|make me|add me|schedule me|start me|give me|get me|set us|turn on|have|need|want|i need|i want|i have|i would like|new)",
    "alarm": "(alarm|alarm clock|wake up alarm|wake up call|morning alarm|morning call)",
    "alarms": "(alarms|alarm clocks|wake up calls)",
    "the": "[the|my|our|that|this]",
    "at": "[for|at|on|to|by]",
    "wake": "(wake (me|us) [up]|get (me|us) (up|out of bed)|(get|call|rouse|ring|buzz) me [up] [awake])",
    "must": "i (need|have|want|got|would like|have got|must) [to]",
    "named": "(called|named|labelled|labeled|with the (label|name))",
    "cancel": "(cancel|delete|remove|clear|drop|scrap|disable|deactivate|unset|kill|get rid of|forget|skip|"
    "(turn|switch|shut) off|i do not need)",
    "anymore": "[(after all|any more|anymore|tomorrow|in the morning)]",
    "look": "(list|show|show me|read|read me|tell me|read out|check|view|display|go through|what are)",
    "every": "(all|all of|both|both of|every one of|each of)",
    "zh_set": "(定|设|上|开|来|弄|搞|要|加|调|设置|设定|新建|创建|添加|建|订|打开)[了|上][个|一个|一下]",
    "zh_alarm": "(闹钟|闹铃|起床闹钟)",
    "zh_call": "(叫我|叫醒我|喊我|把我叫醒|把我叫起来|把我弄醒|喊醒我|闹醒我|叫一下我)[起床|起来|起|一声|一下]",
    "nth": "({which=first} first|{which=second} second|{which=third} third|{which=last} last)",
    "zh_nth": "({which=第一}第一个|{which=第二}第二个|{which=第三}第三个|{which=最后}最后[一]个)",
    "zh_cancel": "(取消|删除|删掉|删了|关掉|关闭|关上|关了|关|停用|停掉|撤掉|去掉|移除|撤销)",
    "zh_all": "(所有|所有的|全部|全部的|每个|每一个|一切)",
    "zh_mine": "[我的|我|那个|这个|现在的|当前的]",
    "zh_look": "[给我|帮我](看|看看|看一下|看下|查|查看|查一下|列出|列一下|显示|念|念一下|检查|检查一下|确认一下|告诉我)",
}
