"""How people tell the players of a house to be louder, and what to play."""

PLAYER_RULES = {
    "loud": (
        "([the] {area} (volume|sound)|[the] (volume|sound) (in|of|on) [the] {area}|"
        "<the> {target} (volume|sound)|[the] (volume|sound) (on|of|in) <the> {target})"
    ),
    "there": "((in|on) [the] {area}|(on|in|of) <the> {target})",
    "player": "((in|on) [the] {area}{target=media player}|(on|in) <the> {target})",
    "louder": "(turn up|increase|raise|bring up|pump up)",
    "softer": "(turn down|decrease|reduce|lower|bring down)",
    "skip": "(skip|next|skip to [the] next|play [the] next|go to [the] next) [this|the|this song|the song|song|track|the track|item|one]",
    "again": (
        "(previous|replay|replay the last|replay the previous|go back|go back to [the] (last|previous)|play [the] (last|previous)) "
        "[song|track|item|one] [again]"
    ),
    "zh_loud": "({area}[的|里|里的](音量|声音)|{target}[的](音量|声音))",
    "zh_louder": "(调高|调大|提高|增大|增加|升高|加大|开大|大){direction=up}",
    "zh_softer": "(调低|调小|降低|减小|减少|关小|小){direction=down}",
    "zh_player": "([在|让|把]{area}[的|里|里的]{target=播放器}|[把|让|叫]<zh_it>)",
}

VOLUME_SET = {
    "en": [
        "<set> <loud> [up|down] to {value} {property=volume}",
        "<set> [the] (volume|sound) (up|down) to {value} <there> {property=volume}",
    ],
    "zh": ["[<zh_ba>]<zh_loud><zh_to>{value}{property=volume}", "(设置|调整)<zh_loud>(为|到){value}{property=volume}"],
}

VOLUME_CHANGE = {
    "en": [
        "<louder> <loud> [by] [{step}] {property=volume}{direction=up}",
        "<softer> <loud> [by] [{step}] {property=volume}{direction=down}",
        "turn <loud> up [by] [{step}] {property=volume}{direction=up}",
        "turn <loud> down [by] [{step}] {property=volume}{direction=down}",
        "<loud> up [by] [{step}] {property=volume}{direction=up}",
        "<loud> down [by] [{step}] {property=volume}{direction=down}",
        "(<louder> [the] volume|[turn] [the] volume up) [[by] {step}] <there> {property=volume}{direction=up}",
        "(<softer> [the] volume|[turn] [the] volume down) [[by] {step}] <there> {property=volume}{direction=down}",
    ],
    "zh": ["[<zh_ba>|让]<zh_loud>(<zh_louder>|<zh_softer>)[了][{step}]<zh_more>{property=volume}"],
}

MEDIA = {
    "en": [
        "pause <it> {command=pause}",
        "(resume|unpause|continue) <it> {command=resume}",
        "(resume|unpause|continue) [my|the] [show|film|movie|song|playback] <player> {command=resume}",
        "mute <it> {command=mute}",
        "unmute <it> {command=unmute}",
        "<skip> <player> {command=next}",
        "<again> <player> {command=previous}",
        "([in] [the] {area}{target=media player}|<the> {target}) <again> {command=previous}",
        "([in] [the] {area}{target=media player}|<the> {target}) <skip> {command=next}",
    ],
    "zh": [
        "暂停<zh_it>{command=pause}",
        "(继续|恢复)<zh_it>{command=resume}",
        "<zh_player>静音{command=mute}",
        "<zh_player>(取消静音|恢复声音){command=unmute}",
        "<zh_player>(暂停|暂停播放|停一下){command=pause}",
        "<zh_player>(恢复播放|继续播放|接着放){command=resume}",
        "<zh_player>[切到|切换到|跳到|放|播放](下一首|下一曲|下一台|下一个){command=next}",
        "<zh_player>[切到|回到|切换到|退回|放|播放](上一首|上一曲|上一台|上一个){command=previous}",
    ],
}
