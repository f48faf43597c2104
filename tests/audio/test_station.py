"""What is told of a microphone."""

from audio.line import Health
from audio.station import News


def told(*states):
    news = News()
    return [words for state in states if (words := news.of(state, "USB", "It was unplugged."))]


def test_what_is_listened_on_is_told_once():
    assert told(Health.OPENING, Health.LIVE, Health.LIVE) == ["Listening on USB."]


def test_a_loss_and_its_end_are_told_each_time():
    words = told(Health.LIVE, Health.LOST, Health.LOST, Health.LIVE, Health.LOST, Health.OPENING, Health.LIVE)
    assert words == [
        "Listening on USB.",
        "The microphone is gone. It was unplugged. I listen again as soon as it is back.",
        "Listening again, on USB.",
        "The microphone is gone. It was unplugged. I listen again as soon as it is back.",
        "Listening on USB.",
    ]


def test_digital_silence_is_told_once_however_often_it_comes():
    words = told(Health.LIVE, *[Health.SILENT, Health.LIVE] * 20)
    assert [text.partition(".")[0] for text in words] == [
        "Listening on USB",
        "The microphone delivers only digital silence",
        "Listening again, on USB",
    ]


def test_after_a_loss_digital_silence_is_told_again():
    words = told(Health.SILENT, Health.LIVE, Health.LOST, Health.SILENT, Health.LIVE)
    assert [text.partition(".")[0] for text in words] == [
        "The microphone delivers only digital silence",
        "Listening again, on USB",
        "The microphone is gone",
        "The microphone delivers only digital silence",
        "Listening again, on USB",
    ]
