"""What is drawn while one talks to it."""

import io
from datetime import datetime, timedelta

import pytest
from rich.console import Console

from assistant.app import open_app
from assistant.clock import VirtualClock
from assistant.config import Config, Places
from assistant.faces.countdown import clock_face, countdowns
from assistant.faces.live import LiveView, Status
from assistant.vocabulary import State


@pytest.fixture
def drawn():
    """Give a function that draws a status and returns what is new on the screen."""
    screen = io.StringIO()
    view = LiveView(Console(file=screen, force_terminal=True, width=120, color_system=None), "say it")

    def draw(**status):
        before = len(screen.getvalue())
        view.draw(Status(**{"state": State.IDLE, "level": 0.0, "microphone": "live"} | status))
        return screen.getvalue()[before:]

    with view:
        yield draw


def test_what_rings_is_shown_with_how_to_stop_it(drawn):
    assert "waiting for the wake word" in drawn()
    assert 'ringing; say "stop"' in drawn(ringing=True)
    assert "ringing" not in drawn()


def test_what_rings_is_shown_without_a_microphone_too(drawn):
    picture = drawn(ringing=True, microphone="lost")
    assert "no microphone" in picture
    assert "⏰ ringing" in picture
    assert 'say "stop"' not in picture


def test_the_time_left_of_timers_is_shown(drawn):
    assert "⏰ tea 4:05" in drawn(timers=("⏰ tea 4:05",))
    assert "⏰ tea 4:04" in drawn(timers=("⏰ tea 4:04",))


def test_a_light_is_on_while_something_leaves_the_machine(drawn):
    assert "↗ api.example.org, feeds.example.org" in drawn(leaving=("api.example.org", "feeds.example.org"))
    assert "↗" not in drawn()


def test_nothing_is_drawn_while_nothing_changes(drawn):
    assert drawn(timers=("⏰ 1:00",))
    assert drawn(timers=("⏰ 1:00",)) == ""


async def test_the_first_timers_to_ring_are_drawn(tmp_path):
    clock = VirtualClock(datetime.fromisoformat("2026-11-23T20:00:00+00:00"))
    app = open_app(Places(str(tmp_path)), Config(), clock)
    for minutes in (9, 3, 90, 120):
        await app.timers.start(timedelta(minutes=minutes), "tea" * (minutes == 3))
    clock.advance(1)
    assert await countdowns(app) == ["⏰ tea 2:59", "⏰ 8:59", "⏰ 1:29:59"]
    app.close()


def test_a_stretch_of_time_is_drawn_as_on_a_clock():
    assert clock_face(timedelta(seconds=65)) == "1:05"
    assert clock_face(timedelta(hours=2, seconds=5)) == "2:00:05"
