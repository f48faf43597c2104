"""Calendar files on disk: iCalendar (RFC 5545), as every calendar program reads and writes them."""

import asyncio
import os
import tempfile
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from assistant.skill import CannotDo, Context, local, wall

OWN = "calendar.ics"
"""The file that new entries go into."""

PRODUCT = "-//Hark//calendar//EN"

MARGIN = timedelta(days=1)
"""How much further is looked than asked: times without a zone are this far off at most."""

LARGEST_BYTES = 20_000_000
"""Of a calendar file; decades of a busy calendar are a tenth of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One time at which something in a calendar takes place."""

    title: str
    start: datetime
    """Local; midnight of the first day when it takes the whole day."""
    end: datetime
    all_day: bool
    uid: str
    file: Path
    place: str = ""
    original: str = ""
    """When it would take place if it had not been moved, as iCalendar writes it."""
    comes_again: bool = False
    is_own: bool = False
    """True when its file may be changed."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the calendar files have."""

    entries: tuple[Entry, ...]
    """In the order of time."""
    broken: tuple[str, ...]
    """Names of the files that cannot be read."""


async def read(ctx: Context, first: date, last: date) -> Agenda:
    """Return what takes place from one day to another, the last included."""
    return await asyncio.to_thread(read_files, ctx.folder(), paths_in(ctx.settings.get("paths", [])), first, last, ctx.now)


def paths_in(setting: Any) -> list[Path]:
    """Return the paths of a setting, which may be one or several."""
    return [Path(str(path)).expanduser() for path in ([setting] if isinstance(setting, str) else setting)]


def read_files(own: Path, others: Sequence[Path], first: date, last: date, now: datetime) -> Agenda:
    """Return what takes place on some days according to all files."""
    entries: list[Entry] = []
    broken = [path.name for path in others if not path.exists()]
    start, end = (wall(datetime.combine(day, time()), now) for day in (first, last + timedelta(days=1)))
    own_files = set(files_in(own))
    for file in dict.fromkeys([*sorted(own_files), *(file for path in others for file in files_in(path))]):
        try:
            found = [
                entry for calendar in parsed(file) for entry in taking_place(calendar, file, start, end, now, is_own=file in own_files)
            ]
        except (
            OSError,
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            ArithmeticError,
        ):  # whatever a file may hold, the other files are still read
            broken.append(file.name)
            continue
        entries += [entry for entry in found if entry.start < end and (entry.end > start or entry.start == entry.end >= start)]
    unique = {(entry.uid or entry.title, entry.start): entry for entry in reversed(entries)}
    return Agenda(tuple(sorted(unique.values(), key=lambda entry: (entry.start, not entry.all_day, entry.title))), tuple(broken))


def files_in(path: Path) -> list[Path]:
    """Return the calendar files of a folder and the folders in it, or a file itself."""
    if path.is_file():
        return [path]
    return sorted(file for pattern in ("*.ics", "*/*.ics") for file in path.glob(pattern) if not file.name.startswith("."))


def parsed(file: Path) -> list[Any]:
    """Return the calendars of a file. Raises ValueError when there are none in it."""
    if file.stat().st_size > LARGEST_BYTES:
        raise ValueError(f"{file} is too large for a calendar.")
    text = file.read_bytes()
    calendars = [each for each in calendar_library().Calendar.from_ical(text, multiple=True) if each.name == "VCALENDAR"]
    if text.strip() and not calendars:
        raise ValueError(f"{file} has no calendar in it.")
    return calendars


def taking_place(calendar: Any, file: Path, start: datetime, end: datetime, now: datetime, *, is_own: bool) -> Iterable[Entry]:
    """Yield what takes place between two moments and a little before and after, every repetition by itself."""
    calendar.subcomponents = [part for part in calendar.subcomponents if part.name == "VTIMEZONE" or is_entry(part)]
    again = {str(part.get("UID", "")) for part in calendar.walk("VEVENT") if "RRULE" in part or "RDATE" in part}
    for event in repetitions_of(calendar, components=["VEVENT"], skip_bad_series=True).between(start - MARGIN, end + MARGIN):
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        uid = str(event.get("UID", ""))
        begins, ends = here(event.start, now), here(event.end, now)
        yield Entry(
            title=" ".join(str(event.get("SUMMARY", "")).split()),
            start=begins,
            end=max(begins, ends),
            all_day=not isinstance(event.start, datetime),
            uid=uid,
            file=file,
            place=" ".join(str(event.get("LOCATION", "")).split()),
            original=event["RECURRENCE-ID"].to_ical().decode() if "RECURRENCE-ID" in event else "",
            comes_again=uid in again,
            is_own=is_own,
        )


def is_entry(part: Any) -> bool:
    """Tell whether a part of a calendar is an entry that takes place at some time, and not every second."""
    if part.name != "VEVENT" or "DTSTART" not in part:
        return False
    rules = part.get("RRULE", [])
    return not any(
        b"SECONDLY" in rule.to_ical() or b"MINUTELY" in rule.to_ical() for rule in (rules if isinstance(rules, list) else [rules])
    )


def calendar_library() -> Any:
    """Return what reads and writes iCalendar."""
    import icalendar  # noqa: PLC0415 -- a quarter of a second that only calendars cost

    return icalendar


def repetitions_of(calendar: Any, **options: Any) -> Any:
    """Return what tells when the entries of a calendar take place."""
    from recurring_ical_events import of  # noqa: PLC0415 -- as above

    return of(calendar, **options)


def here(moment: date, now: datetime) -> datetime:
    """Return a moment of a calendar in local time; one without a zone is what the clock on the wall shows."""
    if not isinstance(moment, datetime):
        return wall(datetime.combine(moment, time()), now)
    return wall(moment, now) if moment.tzinfo is None else local(moment.timestamp(), now)


def file_for_new(folder: Path, settings: Mapping[str, Any], uid: str) -> Path:
    """Return where a new entry goes: a file of its own in the folder of the calendar that is kept on a server, else the one file."""
    shared = folder / str(settings.get("new_in") or "")
    return shared / f"{uid.partition('@')[0]}.ics" if settings.get("new_in") and shared.is_dir() else folder / OWN


def add(folder: Path, settings: Mapping[str, Any], title: str, start: date, length: timedelta, rule: dict[str, Any]) -> tuple[Path, str]:
    """Write a new entry and return its file and its id. One of a whole day has a date for its start.

    A single time is written in UTC, which is the same moment for every program; one that comes again stays at its hour on the wall.
    """
    uid = f"{uuid.uuid4()}@hark"
    if isinstance(start, datetime):
        start = start.replace(tzinfo=None) if rule else start.astimezone(UTC)
    event = calendar_library().Event()
    event.add("uid", uid)
    event.add("dtstamp", datetime.now(UTC))
    event.add("summary", title)
    event.add("dtstart", start)
    event.add("dtend", start + length)
    if rule:
        event.add("rrule", rule)
    file = file_for_new(folder, settings, uid)
    put(file, uid, [event.to_ical().decode()])
    return file, uid


def remove(entries: Sequence[Entry], *, series: bool) -> list[dict[str, Any]]:
    """Remove times from their files, of those that come again only these unless `series`; return what brings them back."""
    kept: dict[tuple[Path, str], list[str]] = {}
    for entry in entries:
        calendars = changeable(entry.file)
        was = written(calendars, entry.uid)
        kept.setdefault((entry.file, entry.uid), was)
        if entry.comes_again and not series:
            for calendar in calendars:
                leave_out(calendar, entry)
            save(entry.file, calendars)
        else:
            put(entry.file, entry.uid, [])
    return [{"file": str(file), "uid": uid, "was": was} for (file, uid), was in kept.items()]


def leave_out(calendar: Any, entry: Entry) -> None:
    """Leave one time out of something that comes again."""
    for event in of_id(calendar, entry.uid):
        if "RECURRENCE-ID" in event:
            if event["RECURRENCE-ID"].to_ical().decode() == entry.original:
                calendar.subcomponents.remove(event)
            continue
        zone = event["DTSTART"].params.get("TZID")
        read_moment = calendar_library().vDDDTypes.from_ical
        moment = read_moment(entry.original, zone) if zone else read_moment(entry.original)
        event.add("exdate", moment)


def put(file: Path, uid: str, events: Sequence[str]) -> None:
    """Write the entries of an id as given, none to remove them."""
    calendars = changeable(file)
    for calendar in calendars:
        for event in of_id(calendar, uid):
            calendar.subcomponents.remove(event)
    for event in events:
        calendars[0].add_component(calendar_library().Event.from_ical(event))
    save(file, calendars)


def written(calendars: Sequence[Any], uid: str) -> list[str]:
    """Return the entries of an id as iCalendar writes them."""
    return [event.to_ical().decode() for calendar in calendars for event in of_id(calendar, uid)]


def of_id(calendar: Any, uid: str) -> list[Any]:
    """Return the entries of an id in a calendar."""
    return [event for event in calendar.walk("VEVENT") if str(event.get("UID", "")) == uid]


def changeable(file: Path) -> list[Any]:
    """Return the calendars of a file that is to be written again, an empty one for a new file. Raises CannotDo for a broken one."""
    if file.exists():
        try:
            calendars = parsed(file)
        except (OSError, ValueError) as error:
            raise CannotDo(
                en=f"The calendar file {file.name} is broken, so I left it as it is. Mend it or move it away: {file}.",
                zh=f"日历文件{file.name}已损坏，我没有改动它。请修复或移走：{file}。",
            ) from error
        if calendars:
            return calendars
    new = calendar_library().Calendar()
    new.add("prodid", PRODUCT)
    new.add("version", "2.0")
    return [new]


def save(file: Path, calendars: Sequence[Any]) -> None:
    """Write a file whole or not at all. Raises CannotDo when it cannot be written."""
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".new")
        try:
            with os.fdopen(handle, "wb") as new:
                new.write(b"".join(calendar.to_ical() for calendar in calendars))
                new.flush()
                os.fsync(new.fileno())
            Path(name).replace(file)
        except OSError:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise CannotDo(
            en=f"I can't write the calendar file {file}: {error.strerror}.", zh=f"写不了日历文件{file}：{error.strerror}。"
        ) from error
