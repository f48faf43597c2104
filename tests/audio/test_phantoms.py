import tomllib

import pytest

from audio.asr.phantoms import FILE, folded, is_doubtful, is_never_said, without_notes


@pytest.mark.parametrize(
    "text",
    [
        "字幕由Amara.org社区提供",
        "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
        "中文字幕志愿者 李宗盛",
        "以下是普通话的句子。",
        "Subtitles by the Amara.org community",
        "Transcription by CastingWords",
        "优优独播剧场——YoYo Television Series Exclusive",
        "字幕志愿者 杨茜茜。 字幕志愿者 李宗盛。",
        "Silence.",
    ],
)
def test_credits_are_never_said(text):
    assert is_never_said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for watching!",
        "Thanks for watching. Please subscribe to my channel.",
        "Thank you. Bye-bye.",
        "谢谢大家的收看，我们下期再见",
        "请订阅我的频道",
        "谢谢观看",
    ],
)
def test_courtesies_are_doubtful_and_not_impossible(text):
    assert is_doubtful(text)
    assert not is_never_said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thank you, that's enough",
        "Add subtitles to the film",
        "Play some music",
        "放点音乐",
        "字幕",
        "打开字幕",
        "订一个闹钟",
        "So what time is it?",
        "See you later is what I want to say",
        "谢谢你帮我关灯",
        "播放李宗盛的歌",
        "You are late",
        "Yes.",
        "No.",
        "Stop.",
        "好的。",
        "好",
        "不",
        "嗯",
        "停",
        "",
        "...",
    ],
)
def test_what_people_ask_for_is_neither(text):
    assert not is_never_said(text)
    assert not is_doubtful(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("[Music]", ""),
        ("(音乐)", ""),
        ("【背景音乐】 现在几点？", "现在几点？"),
        ("♪ la la la ♪", ""),
        ("♪♪", ""),
        ("*sighs* Stop.", "Stop."),
        ("What's 3 times 4?", "What's 3 times 4?"),
    ],
)
def test_notes_on_sounds_are_left_out(text, left):
    assert without_notes(text) == left


def test_every_phrase_of_the_file_is_told_and_none_is_listed_twice():
    found = tomllib.loads(FILE.read_text("utf-8"))
    assert set(found) == {"never", "doubtful"}
    for kind, test in (("never", is_never_said), ("doubtful", is_doubtful)):
        for phrases in found[kind].values():
            assert len({folded(phrase) + "…" * phrase.count("…") for phrase in phrases}) >= len(phrases) - 2
            assert [phrase for phrase in phrases if not test(phrase.replace("…", " "))] == []
