"""How loud the machine is."""

import pytest

from assistant.skill import CannotDo
from assistant.testing import FakeContext, take_back
from skills import volume
from tests.skills.understood import meaning


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("set the volume to thirty percent", ("volume.set", {"level": 30})),
        ("volume seventy five percent", ("volume.set", {"level": 75})),
        ("turn it up to seven", ("volume.set", {"level": 70})),
        ("turn the volume down to 20", ("volume.set", {"level": 20})),
        ("volume to max", ("volume.set", {"level": 100})),
        ("set the volume to half", ("volume.set", {"level": 50})),
        ("set the volume to 5 percent", ("volume.set", {"level": 5})),
        ("turn it up to eleven", ("volume.set", {"level": 100})),
        ("音量调到三十", ("volume.set", {"level": 30})),
        ("把音量调到百分之五", ("volume.set", {"level": 5})),
        ("音量调到最大", ("volume.set", {"level": 100})),
        ("turn it up", ("volume.change", {"direction": "up"})),
        ("turn down the volume", ("volume.change", {"direction": "down"})),
        ("could you make it a bit louder please", ("volume.change", {"direction": "up"})),
        ("turn the volume down by 20 percent", ("volume.change", {"direction": "down", "step": 20})),
        ("a lot quieter", ("volume.change", {"direction": "down", "step": 30})),
        ("that's too loud", ("volume.change", {"direction": "down"})),
        ("小声点", ("volume.change", {"direction": "down"})),
        ("声音再大一点", ("volume.change", {"direction": "up"})),
        ("音量调高百分之二十", ("volume.change", {"direction": "up", "step": 20})),
        ("太吵了", ("volume.change", {"direction": "down"})),
        ("mute", ("volume.mute", {})),
        ("turn off the sound", ("volume.mute", {})),
        ("静音", ("volume.mute", {})),
        ("unmute", ("volume.unmute", {})),
        ("turn the sound back on", ("volume.unmute", {})),
        ("取消静音", ("volume.unmute", {})),
    ],
)
def test_what_people_say_about_loudness(text, meant):
    assert meaning(text) == meant


async def test_setting_says_what_it_is_and_can_be_taken_back():
    ctx = FakeContext(loudness=42.0)
    reply = await volume.set_(ctx, level=30.0)
    assert ctx.loudness == 30
    assert reply.en == "Volume 30 percent."
    assert reply.zh == "音量30%。"
    await take_back(ctx, reply.undo)
    assert ctx.loudness == 42


@pytest.mark.parametrize("level", [-1, 100.5, 150])
async def test_a_level_out_of_range_changes_nothing(level):
    ctx = FakeContext()
    with pytest.raises(CannotDo, match="0 to 100"):
        await volume.set_(ctx, level=level)
    assert ctx.loudness == 50


async def test_louder_is_heard_even_when_it_was_muted():
    ctx = FakeContext(is_muted=True)
    reply = await volume.change(ctx, direction="up")
    assert (ctx.loudness, ctx.is_muted) == (60, False)
    await take_back(ctx, reply.undo)
    assert (ctx.loudness, ctx.is_muted) == (50, True)


@pytest.mark.parametrize(
    ("start", "direction", "step", "end"), [(95, "up", None, 100), (5, "down", None, 0), (50, "down", 30, 20), (50, "up", 5, 55)]
)
async def test_steps_stay_within_the_scale(start, direction, step, end):
    ctx = FakeContext(loudness=float(start))
    await volume.change(ctx, direction=direction, step=step)
    assert ctx.loudness == end


@pytest.mark.parametrize(("start", "direction", "words"), [(100, "up", "as loud as it gets"), (0, "down", "zero")])
async def test_at_the_end_of_the_scale_nothing_is_done(start, direction, words):
    reply = await volume.change(FakeContext(loudness=float(start)), direction=direction)
    assert words in reply.en
    assert reply.undo is None


async def test_quieter_does_not_unmute():
    ctx = FakeContext(is_muted=True, loudness=5.0)
    await volume.change(ctx, direction="down")
    assert ctx.is_muted


async def test_muting_twice_is_said_and_not_taken_back():
    ctx = FakeContext()
    assert (await volume.mute(ctx)).undo
    assert ctx.is_muted
    again = await volume.mute(ctx)
    assert "already" in again.en
    assert again.undo is None
    assert (await volume.unmute(ctx)).undo
    assert "already" in (await volume.unmute(ctx)).en


@pytest.mark.parametrize("action", [volume.mute, volume.unmute])
async def test_a_machine_without_sound_says_so(action):
    with pytest.raises(CannotDo):
        await action(FakeContext(loudness=None))
