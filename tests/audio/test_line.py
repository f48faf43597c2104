"""A line notices that its device has gone and opens it again, on a clock that is an argument."""

from concurrent.futures import Future
from types import SimpleNamespace

import pytest

from audio.errors import DeviceError, DeviceWedged, NoDevice
from audio.line import FIRST_S, LOST_S, RETRY_S, SILENT_S, Health, Line, Watchdog
from audio.portaudio import Opened, Wish

BLOCK = 0.032
PATIENCE_S = 2.5
WISH = Wish("input", None, (16000,), BLOCK, 2 * BLOCK, lambda _rate: None)


def fed(watchdog, start, end, *, zeros=False):
    at = start
    while at <= end:
        watchdog.callback(at, zeros=zeros)
        at += BLOCK


def test_a_stream_is_opening_until_its_first_callback_however_late():
    watchdog = Watchdog(10.0)
    assert watchdog.check(12.0) is Health.OPENING
    watchdog.callback(12.1)
    assert watchdog.check(12.1) is Health.LIVE


def test_a_stream_that_never_calls_back_is_lost():
    assert Watchdog(10.0).check(10.01 + FIRST_S) is Health.LOST


def test_a_stream_whose_callbacks_cease_is_lost_well_within_2_s():
    watchdog = Watchdog(0.0)
    fed(watchdog, 0.0, 5.0)
    assert watchdog.check(5.0 + LOST_S - BLOCK) is Health.LIVE
    assert watchdog.check(5.0 + LOST_S + 0.01) is Health.LOST
    assert LOST_S < 1.5


def test_zeros_are_silence_after_a_second_and_any_sound_ends_it():
    watchdog = Watchdog(0.0)
    fed(watchdog, 0.0, 1.0)
    fed(watchdog, 1.0, 1.0 + SILENT_S, zeros=True)
    assert watchdog.check(2.0) is Health.LIVE
    fed(watchdog, 2.0, 2.2, zeros=True)
    assert watchdog.check(2.2) is Health.SILENT
    watchdog.callback(2.3)
    assert watchdog.check(2.3) is Health.LIVE


def test_callbacks_of_the_stream_before_do_not_count():
    watchdog = Watchdog(10.0)
    watchdog.callback(9.9)
    assert watchdog.check(10.5) is Health.OPENING


class ScriptedSystem:
    """PortAudio's thread, whose work is done when the test says so."""

    deadline_s = 5.0

    def __init__(self):
        self.jobs = []
        self.done = []
        self.device_there = True
        self.others_busy = False

    def submit(self, call):
        future = Future()
        self.jobs.append((future, call))
        return future

    def work(self):
        while self.jobs:
            future, call = self.jobs.pop(0)
            try:
                future.set_result(call())
            except DeviceError as error:
                future.set_exception(error)

    def wait(self, future):
        self.work()
        return future.result(0)

    def open_here(self, wish):
        assert wish is WISH
        if not self.device_there:
            self.done.append("fail")
            raise NoDevice("gone")
        self.done.append("open")
        return Opened(SimpleNamespace(closed=False), None, 16000)

    def close_here(self, stream):
        self.done.append("close")
        stream.closed = True

    def refresh_here(self):
        self.done.append("refresh")

    def busy_here(self):
        return self.others_busy


class Life:
    """A line tended every BLOCK, which hears callbacks while its device is there and its server alive."""

    def __init__(self):
        self.system = ScriptedSystem()
        self.line = Line(self.system, WISH, PATIENCE_S)
        self.now = 100.0
        self.delivering = True
        self.line.open(self.now)

    def pass_(self, seconds):
        end = self.now + seconds
        while self.now < end:
            self.now += BLOCK
            self.system.work()
            if self.delivering and self.line.opened is not None:
                self.line.callback(self.now)
            self.line.tend(self.now)


@pytest.fixture
def life():
    return Life()


def test_it_is_live_from_the_first_callback(life):
    assert life.line.state is Health.OPENING
    life.pass_(BLOCK)
    assert life.line.state is Health.LIVE
    life.pass_(60)
    assert life.system.done == ["open"], "a healthy line leaves PortAudio alone"


def test_an_opening_that_fails_is_raised():
    system = ScriptedSystem()
    system.device_there = False
    with pytest.raises(NoDevice):
        Line(system, WISH, PATIENCE_S).open(0.0)


def test_a_loss_is_told_and_a_device_that_returns_is_live_again_at_the_next_try(life):
    life.pass_(1)
    life.delivering = life.system.device_there = False
    life.pass_(1)
    assert life.line.state is Health.LOST
    life.pass_(30)
    assert life.line.state is Health.LOST
    assert isinstance(life.line.fault, NoDevice)
    life.delivering = life.system.device_there = True
    life.pass_(RETRY_S + 3 * BLOCK)
    assert life.line.state is Health.LIVE
    assert life.line.fault is None


def test_the_first_try_after_a_loss_is_plain_and_later_ones_look_for_devices_anew(life):
    life.pass_(1)
    life.delivering = life.system.device_there = False
    life.pass_(LOST_S + 2.2 * RETRY_S)
    assert life.system.done == ["open", "close", "fail", "refresh", "fail", "refresh", "fail"]


def test_a_device_that_opens_but_stays_dead_counts_as_lost_all_the_time(life):
    life.pass_(1)
    life.delivering = False
    life.pass_(LOST_S + 0.1)
    for _ in range(100):
        assert life.line.state is Health.LOST
        life.pass_(0.1)
    assert "refresh" in life.system.done


def test_lines_at_work_are_disturbed_only_every_so_often(life):
    life.system.others_busy = True
    life.pass_(1)
    life.delivering = life.system.device_there = False
    life.pass_(LOST_S + PATIENCE_S - 0.2)
    assert "refresh" not in life.system.done
    life.pass_(10)
    assert life.system.done.count("refresh") == pytest.approx(10 / PATIENCE_S, abs=1)


def test_a_line_closed_by_anothers_search_opens_again_and_is_not_called_lost(life):
    life.pass_(1)
    life.line.opened.stream.closed = True
    life.line.tend(life.now)
    assert life.line.state is Health.OPENING
    life.pass_(3 * BLOCK)
    assert life.line.state is Health.LIVE


def test_an_opening_that_does_not_come_back_is_a_wedge_and_nothing_waits_for_it(life):
    life.pass_(1)
    life.line.tend(life.now + LOST_S + 0.1)
    assert life.line.state is Health.LOST
    life.line.tend(life.now + LOST_S + ScriptedSystem.deadline_s)
    with pytest.raises(DeviceWedged, match="does not answer"):
        life.line.tend(life.now + LOST_S + ScriptedSystem.deadline_s + 0.2)


def test_at_rest_it_is_closed_and_tending_opens_it_again(life):
    life.pass_(1)
    life.line.rest(life.now)
    assert life.line.state is Health.CLOSED
    life.line.rest(life.now)
    life.system.work()
    assert life.system.done == ["open", "close"]
    life.pass_(3 * BLOCK)
    assert life.line.state is Health.LIVE


def test_rest_during_an_opening_closes_what_was_opened(life):
    life.pass_(1)
    life.line.rest(life.now)
    life.system.work()
    life.line.tend(life.now)
    life.line.rest(life.now)
    life.system.work()
    life.line.rest(life.now)
    life.system.work()
    assert life.line.state is Health.CLOSED
    assert life.system.done == ["open", "close", "open", "close"]
