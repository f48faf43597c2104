"""The calendar: entries in files of the user's, told with the right times, changed only after a yes, and brought back."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from assistant.skill import CannotDo, Question
from assistant.testing import FakeContext, take_back
from skills import calendar
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = date(2026, 11, 24)
STANDUP = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:standup
SUMMARY:Standup
LOCATION:Room 4
DTSTART;TZID=America/New_York:20261102T090000
DTEND;TZID=America/New_York:20261102T093000
RRULE:FREQ=DAILY
END:VEVENT
BEGIN:VEVENT
UID:birthday
SUMMARY:Tom's birthday
DTSTART;VALUE=DATE:20001124
RRULE:FREQ=YEARLY
END:VEVENT
BEGIN:VEVENT
UID:floating
SUMMARY:Choir
DTSTART:20261124T190000
DURATION:PT2H
END:VEVENT
END:VCALENDAR
"""


def at(day, hour, minute=0):
    """Return a moment of this November on the clock on the wall, as slots have it."""
    return datetime.combine(date(2026, 11, day), time(hour, minute))


@pytest.fixture
def ctx(tmp_path):
    return FakeContext(home=tmp_path, now=datetime(2026, 11, 23, 9, 30, tzinfo=BERLIN))


def fill(ctx, text=STANDUP, name="work.ics"):
    file = ctx.folder() / name
    file.write_text(text.replace("\n", "\r\n"), encoding="utf-8")
    return file


async def put(ctx, title, moment, **more):
    return await calendar.create(ctx, title=title, moment=moment, **more)


async def asked(ctx, heard, **slots):
    ctx.heard = heard
    return await calendar.query(ctx, **slots)


async def cancelled(ctx, heard="", **slots):
    """Cancel, after the question."""
    ctx.heard, ctx.confirmed = heard, False
    question = await calendar.cancel(ctx, **slots)
    assert isinstance(question, Question)
    assert question.slot is None
    ctx.confirmed = True
    reply = await calendar.cancel(ctx, **slots)
    ctx.confirmed = False
    return question, reply


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("add lunch with Ana to my calendar for friday at noon", ("create", {"title": "lunch with Ana", "moment": "2026-11-27T12:00"})),
        ("schedule a meeting with Rob on tuesday at ten", ("create", {"title": "meeting with Rob", "moment": "2026-11-24T10:00"})),
        ("block tomorrow at nine for writing", ("create", {"title": "writing", "moment": "2026-11-24T09:00"})),
        ("周五中午和安娜吃饭，加到日历", ("create", {"title": "和安娜吃饭", "moment": "2026-11-27T12:00"})),
        ("把理发加到日历", ("create", {"title": "理发"})),
        ("what's on tomorrow", ("query", {"date": "2026-11-24"})),
        ("what do I have this weekend", ("query", {"date": "2026-11-28", "span": "this weekend"})),
        ("am I free on Saturday", ("query", {"date": "2026-11-28"})),
        ("what's my next meeting", ("query", {})),
        ("明天有什么安排", ("query", {"date": "2026-11-24"})),
        ("下周有什么会议", ("query", {"date": "2026-11-30", "span": "下周"})),
        ("cancel my 3 pm meeting", ("cancel", {"time": "15:00"})),
        ("cancel my dentist appointment", ("cancel", {"title": "dentist appointment"})),
        ("remove choir from my calendar", ("cancel", {"title": "choir"})),
        ("clear my calendar for friday", ("cancel", {"date": "2026-11-27"})),
        ("取消下午三点的会议", ("cancel", {"time": "15:00"})),
    ],
)
def test_what_people_say(text, meant):
    assert meaning(text) == (f"calendar.{meant[0]}", meant[1])


@pytest.mark.parametrize("row", held_out("calendar"), ids=lambda row: row["text"])
async def test_what_nobody_trained_on_is_answered(row, tmp_path):
    ctx = FakeContext(row["language"], heard=row["text"], home=tmp_path)
    fill(ctx)
    await run(row, ctx)


async def test_an_entry_is_written_for_other_programs_and_taken_back(ctx):
    reply = await put(ctx, "lunch with Ana", at(27, 12), duration=timedelta(minutes=90))
    assert reply.en == "Lunch with Ana is in your calendar, on Friday, November 27 at 12:00 pm."
    event = Calendar.from_ical((ctx.folder() / "calendar.ics").read_bytes()).events[0]
    assert event["SUMMARY"] == "lunch with Ana"
    assert event.start.isoformat() == "2026-11-27T11:00:00+00:00"
    assert event.end - event.start == timedelta(minutes=90)
    await take_back(ctx, reply.undo)
    assert Calendar.from_ical((ctx.folder() / "calendar.ics").read_bytes()).events == []


async def test_a_day_without_a_time_is_a_whole_day(ctx):
    ctx.language = "zh"
    reply = await put(ctx, "妈妈生日", date(2026, 11, 25))
    assert reply.zh == "11月25日星期三的妈妈生日加到日历了。"
    event = Calendar.from_ical((ctx.folder() / "calendar.ics").read_bytes()).events[0]
    assert (event.start, event.end) == (date(2026, 11, 25), date(2026, 11, 26))
    ctx.language = "en"
    assert (await asked(ctx, "", date=date(2026, 11, 25))).en == "You have one thing on Wednesday, November 25: 妈妈生日 all day."
    assert (await asked(ctx, "", date=date(2026, 11, 26))).en == "There is nothing in your calendar on Thursday, November 26."


async def test_what_is_missing_is_asked_for(ctx):
    question = await calendar.create(ctx)
    assert (question.slot, question.verbatim) == ("title", True)
    assert (await calendar.create(ctx, title="dentist")).slot == "moment"


async def test_what_takes_place_at_the_same_time_is_mentioned(ctx):
    await put(ctx, "dentist", at(24, 15))
    reply = await put(ctx, "yoga", at(24, 15, 30))
    assert reply.en.endswith("It overlaps with dentist at 3:00 pm.")
    ctx.language = "zh"
    assert (await put(ctx, "瑜伽", at(24, 15, 50))).zh.endswith("和下午3点整dentist；下午3点30分yoga时间冲突。")
    assert "overlaps" not in (await put(ctx, "tea", at(24, 17))).en


async def test_the_same_entry_is_not_written_twice(ctx):
    await put(ctx, "dentist", at(24, 15))
    reply = await put(ctx, "Dentist", at(24, 15))
    assert reply.undo is None
    assert "already" in reply.en
    assert (ctx.folder() / "calendar.ics").read_text().count("BEGIN:VEVENT") == 1


async def test_something_weekly_stays_at_its_hour_through_the_change_of_summer_time(ctx):
    reply = await put(ctx, "choir", at(24, 19), repeat=["tue"])
    assert reply.en == "Choir is in your calendar, every Tuesday, from tomorrow at 7:00 pm."
    assert "at 7:00 pm" in (await asked(ctx, "", date=date(2027, 4, 6))).en
    ctx.heard = "put mum's birthday in my calendar every year on december the 9th"
    assert "every year, from" in (await put(ctx, "mum's birthday", date(2026, 12, 9))).en
    assert "mum's birthday" in (await asked(ctx, "", date=date(2027, 12, 9))).en


async def test_times_of_other_zones_are_told_as_the_clock_here_shows_them(ctx):
    fill(ctx)
    said = await asked(ctx, "what's on tomorrow", date=TUESDAY)
    assert said.en == "You have 3 things tomorrow: Tom's birthday all day; Standup at 3:00 pm; Choir at 7:00 pm."
    ctx.language = "zh"
    assert (await asked(ctx, "明天有什么", date=TUESDAY)).zh == "明天有3个安排：全天Tom's birthday；下午3点整Standup；晚上7点整Choir。"


@pytest.mark.parametrize(
    ("heard", "slots", "said"),
    [
        ("what's on tomorrow morning", {"date": TUESDAY}, "You have one thing tomorrow in the morning: Tom's birthday all day."),
        ("what's on tomorrow evening", {"date": TUESDAY}, "2 things tomorrow in the evening: Tom's birthday all day; Choir at 7:00 pm."),
        ("am i free tomorrow at three", {"date": TUESDAY}, "You have one thing tomorrow at 3:00 pm: Standup at 3:00 pm."),
        ("am i free tomorrow at five", {"date": TUESDAY}, "You're free tomorrow at 5:00 pm."),
        ("anything tomorrow before ten", {"date": TUESDAY}, "nothing in your calendar tomorrow before 10:00 am."),
        ("what's my first meeting tomorrow", {"date": TUESDAY}, "Tom's birthday all day."),
        ("what's my next meeting", {}, "Next is Standup today at 3:00 pm."),
        ("when is choir", {}, "Choir tomorrow at 7:00 pm."),
        ("when's Tom's birthday", {}, "Tom's birthday tomorrow."),
        ("how long is choir tomorrow", {"date": TUESDAY}, "Choir at 7:00 pm for 2 hours."),
        ("where is the standup tomorrow", {"date": TUESDAY}, "Standup at 3:00 pm, Room 4."),
        ("when is the opera", {}, "I found nothing of that name in your calendar."),
    ],
)
async def test_a_question_is_answered_and_not_more(ctx, heard, slots, said):
    fill(ctx)
    assert said in (await asked(ctx, heard, **slots)).en


async def test_several_days_are_told_with_the_day_of_each(ctx):
    await put(ctx, "hike", at(28, 8))
    await put(ctx, "brunch", at(29, 11))
    await put(ctx, "work", at(30, 9))
    reply = await asked(ctx, "", date=date(2026, 11, 28), span="this weekend")
    assert reply.en == (
        "You have 2 things this weekend: hike on Saturday, November 28 at 8:00 am; brunch on Sunday, November 29 at 11:00 am."
    )
    assert "work" in (await asked(ctx, "", span="next week")).en


async def test_an_empty_calendar_is_told(ctx):
    assert (await asked(ctx, "what's next")).zh == "接下来日历上没有安排。"
    assert (await asked(ctx, "明天有空吗", date=TUESDAY)).zh == "明天有空，没有安排。"
    with pytest.raises(CannotDo, match="nothing in your calendar"):
        await calendar.cancel(ctx, title="dentist")


async def test_deleting_asks_first_and_comes_back(ctx):
    await put(ctx, "dentist", at(24, 15))
    question, reply = await cancelled(ctx, "cancel my 3 pm meeting", time=time(15))
    assert question.en == "Delete dentist tomorrow at 3:00 pm?"
    assert (await asked(ctx, "", date=TUESDAY)).en == "There is nothing in your calendar tomorrow."
    await take_back(ctx, reply.undo)
    assert "dentist at 3:00 pm" in (await asked(ctx, "", date=TUESDAY)).en


async def test_of_what_comes_again_one_time_is_left_out(ctx):
    file = fill(ctx)
    question, reply = await cancelled(ctx, "cancel the standup tomorrow", title="standup", date=TUESDAY)
    assert question.en == "Delete Standup tomorrow at 3:00 pm, only this time?"
    assert "EXDATE;TZID=America/New_York:20261124T090000" in file.read_text()
    assert "Standup" not in (await asked(ctx, "", date=TUESDAY)).en
    assert "Standup" in (await asked(ctx, "", date=date(2026, 11, 25))).en
    await take_back(ctx, reply.undo)
    assert "Standup" in (await asked(ctx, "", date=TUESDAY)).en


async def test_a_whole_day_of_a_series_is_left_out_too(ctx):
    fill(ctx)
    await cancelled(ctx, "", title="Tom's birthday", date=TUESDAY)
    assert "Tom" not in (await asked(ctx, "", date=TUESDAY)).en
    assert "Tom" in (await asked(ctx, "", date=date(2027, 11, 24))).en


async def test_a_whole_series_goes_when_it_was_said(ctx):
    fill(ctx)
    question, _ = await cancelled(ctx, "cancel all the standups", title="standup")
    assert question.en == "Delete Standup for good, every time of it?"
    assert "Standup" not in (await asked(ctx, "", date=date(2026, 12, 1))).en


async def test_several_are_told_apart(ctx):
    await put(ctx, "dentist", at(24, 15))
    await put(ctx, "yoga", at(25, 18))
    question = await calendar.cancel(ctx)
    assert (question.en, question.slot) == (
        "Which one: dentist tomorrow at 3:00 pm, or yoga on Wednesday, November 25 at 6:00 pm?",
        "title",
    )
    for answer in ("yoga", "the second one", "the one on wednesday"):
        assert "yoga" in (await calendar.cancel(ctx, title=answer)).en
    with pytest.raises(CannotDo, match="no opera"):
        await calendar.cancel(ctx, title="opera")


async def test_a_day_is_cleared_after_a_yes(ctx):
    for hour in (9, 11, 15):
        await put(ctx, f"call {hour}", at(24, hour))
    await put(ctx, "yoga", at(25, 18))
    question, reply = await cancelled(ctx, "clear my schedule for tomorrow", date=TUESDAY)
    assert question.en.startswith("Delete all 3 entries: call 9")
    assert reply.zh == "3个日程都删了。"
    assert "yoga" in (await asked(ctx, "what's next")).en
    await take_back(ctx, reply.undo)
    assert "3 things" in (await asked(ctx, "", date=TUESDAY)).en


async def test_files_of_others_are_read_and_left_alone(ctx, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    fill(FakeContext(home=other), name="shared.ics")
    ctx.home = tmp_path / "own"
    ctx.home.mkdir()
    ctx.settings = {"paths": [str(other)]}
    assert "Standup" in (await asked(ctx, "", date=TUESDAY)).en
    with pytest.raises(CannotDo, match="I only read"):
        await calendar.cancel(ctx, title="standup")


@pytest.mark.parametrize("garbage", ["hello", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\n", "\x00\x01"])
async def test_a_broken_file_is_named_and_left_out(ctx, garbage):
    fill(ctx)
    broken = fill(ctx, garbage, "broken.ics")
    said = await asked(ctx, "", date=TUESDAY)
    assert "Standup" in said.en
    assert said.en.endswith("I couldn't read broken.ics.")
    assert broken.read_text().replace("\n\n", "\n").strip() == garbage.strip()


async def test_what_comes_every_second_keeps_nobody_waiting(ctx):
    fill(ctx, STANDUP.replace("FREQ=DAILY", "FREQ=SECONDLY"))
    assert (await asked(ctx, "", date=TUESDAY)).en == "You have 2 things tomorrow: Tom's birthday all day; Choir at 7:00 pm."


async def test_a_broken_own_file_is_never_written_over(ctx):
    broken = fill(ctx, "hello", "calendar.ics")
    with pytest.raises(CannotDo, match="broken"):
        await put(ctx, "dentist", at(24, 15))
    assert broken.read_text() == "hello"


@pytest.mark.parametrize("duration", [timedelta(), timedelta(hours=-1), timedelta(days=400)])
async def test_absurd_lengths_are_refused(ctx, duration):
    with pytest.raises(CannotDo):
        await put(ctx, "dentist", at(24, 15), duration=duration)
