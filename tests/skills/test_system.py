"""The computer itself: what is left in its battery, locking it, pictures of its screen."""

from datetime import timedelta

import pytest

from assistant.desktop import Battery
from assistant.skill import CannotDo
from assistant.testing import FakeContext, take_back
from skills import system
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("how much battery is left", "system.battery"),
        ("what's my battery percentage", "system.battery"),
        ("is my laptop charging", "system.battery"),
        ("电量还有多少", "system.battery"),
        ("还剩多少电", "system.battery"),
        ("电脑快没电了吗", "system.battery"),
        ("lock the screen", "system.lock"),
        ("lock my computer please", "system.lock"),
        ("锁屏", "system.lock"),
        ("把电脑锁了", "system.lock"),
        ("take a screenshot", "system.screenshot"),
        ("capture the screen", "system.screenshot"),
        ("截个图", "system.screenshot"),
        ("帮我截屏", "system.screenshot"),
    ],
)
def test_what_people_say(text, action):
    assert meaning(text) == (action, {})


@pytest.mark.parametrize(
    ("power", "en", "zh"),
    [
        (
            Battery(82.0, plugged=False, left=timedelta(hours=3, minutes=10)),
            "82 percent, about 3 hours 10 minutes left, on battery.",
            "电量82%，大约还能用3小时10分钟，没接电源。",
        ),
        (Battery(8.4, plugged=False), "8 percent, on battery. Plug it in soon.", "电量8%，没接电源。快接上电源吧。"),
        (Battery(50.0, plugged=True), "50 percent, plugged in.", "电量50%，接着电源。"),
        (Battery(100.0, plugged=True), "100 percent, plugged in and fully charged.", "电量100%，接着电源，已充满。"),
        (None, "This computer has no battery; it runs on mains power.", "这台电脑没有电池，用的是电源。"),
    ],
)
async def test_the_battery_is_told_with_what_it_means(power, en, zh):
    ctx = FakeContext()
    ctx.desktop.power = power
    assert (await system.battery(ctx)).en == en
    ctx.language = "zh"
    assert (await system.battery(ctx)).zh == zh


async def test_the_screen_is_locked_and_that_stays():
    ctx = FakeContext()
    reply = await system.lock(ctx)
    assert ctx.desktop.locked
    assert (reply.en, reply.undo) == ("Locked.", None)


async def test_a_screenshot_says_where_it_is_and_is_deleted_again(tmp_path):
    ctx = FakeContext()
    ctx.desktop.pictures = tmp_path
    reply = await system.screenshot(ctx)
    (picture,) = tmp_path.iterdir()
    assert str(picture) in reply.en
    assert str(picture) in reply.zh
    await take_back(ctx, reply.undo)
    assert not picture.exists()
    await take_back(ctx, reply.undo)  # somebody else has deleted it: that is as wanted


@pytest.mark.parametrize("action", [system.lock, system.screenshot])
async def test_a_machine_without_a_screen_says_so(action):
    ctx = FakeContext()
    ctx.desktop.has_screen = False
    with pytest.raises(CannotDo, match="no screen"):
        await action(ctx)
    assert not ctx.desktop.locked


@pytest.mark.parametrize("row", held_out("system"), ids=lambda row: row["text"])
async def test_what_people_really_say_is_answered(row):
    await run(row, FakeContext(language=row["language"]))
