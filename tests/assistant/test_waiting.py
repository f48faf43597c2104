"""What is said while an answer is long in coming, in stream time."""

from assistant.waiting import FILLERS, Waiting


def said(spans, step_s=0.1):
    """Return when something was said, over stretches of (seconds, awaited, somebody speaks)."""
    waiting, now, told = Waiting(), 0, []
    for seconds, awaited, spoken_to in spans:
        for _ in range(round(seconds / step_s)):
            if filler := waiting.follow(now * step_s, awaited=awaited, spoken_to=spoken_to):
                told.append((round(now * step_s, 1), filler.en))
            now += 1
    return told


def test_a_quick_answer_is_not_announced():
    assert said([(1.1, True, False), (5.0, False, False)]) == []


def test_each_is_said_once_in_order_and_then_nothing():
    assert said([(60.0, True, False)]) == [(each.after_s, each.en) for each in FILLERS]


def test_each_turn_begins_anew():
    assert [at for at, _ in said([(2.0, True, False), (1.0, False, False), (2.0, True, False)])] == [1.2, 4.2]


def test_nothing_is_said_into_somebodys_words_and_what_was_put_off_is_one():
    assert said([(9.0, True, True), (1.0, True, False)]) == [(9.0, FILLERS[1].en)]
    assert said([(5.0, True, True)]) == []


def test_it_speaks_the_language_of_the_conversation():
    assert FILLERS[0].words("zh") == "我看看。"
    assert FILLERS[0].words("en") == "Let me see."
