"""The live view of a conversation by voice: what is being heard below, what was said above."""

from dataclasses import dataclass
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from assistant.vocabulary import (
    Asked,
    Event,
    Failed,
    Finished,
    Heard,
    Interrupted,
    Leaves,
    Partial,
    Saying,
    SpeechEnded,
    State,
    Turn,
    Understood,
    Woke,
)

METER = 24
"""Characters of the level meter."""

FLOOR_DB = -60.0
"""What an empty meter stands for."""

LOOKS = {
    State.IDLE: ("○", "dim", "waiting for the wake word"),
    State.LISTENING: ("●", "bold green", "listening"),
    State.THINKING: ("◆", "bold yellow", "thinking"),
    State.SPEAKING: ("▶", "bold cyan", "speaking"),
}

STAGES = {
    "endpoint": "pause",
    "recognise": "recognised",
    "understand": "understood",
    "act": "done",
    "to_first_audio": "first sound after your last word",
}


@dataclass(frozen=True, slots=True)
class Status:
    """What the lines at the bottom tell."""

    state: State
    level: float
    """Loudness of what is heard, 0..1 of full scale."""
    microphone: str
    """opening, live, silent, lost."""
    ringing: bool = False
    timers: tuple[str, ...] = ()
    """The time left of each, as it is drawn."""
    leaving: tuple[str, ...] = ()
    """Whom something goes to at this moment."""


class LiveView:
    """Draws only when something has changed, so that waiting costs nothing."""

    def __init__(self, console: Console, hint: str) -> None:
        """`hint` says how to begin, such as 'say "hey Jarvis"'."""
        self._console = console
        self._hint = hint
        self._live = Live(console=console, auto_refresh=False, transient=True)
        self._partial = ""
        self._drawn: tuple[object, ...] = ()

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def show(self, event: Event) -> None:
        """Take an event: what is final goes above and stays."""
        if isinstance(event, Partial):
            self._partial = event.text
        elif isinstance(event, SpeechEnded | Finished | Woke | Interrupted):
            self._partial = ""
        line = line_of(event)
        if line is not None:
            self._console.print(line)

    def note(self, text: str) -> None:
        """Take what is good to know."""
        self._console.print(Text(f"       {text}", "dim"))

    def draw(self, status: Status) -> None:
        """Draw the state line, if it has changed."""
        meter = meter_of(status.level)
        now = (status.state, meter, status.microphone, status.ringing, status.timers, status.leaving, self._partial)
        if now != self._drawn:
            self._drawn = now
            self._live.update(self._picture(status, meter), refresh=True)

    def _picture(self, status: Status, meter: int) -> RenderableType:
        mark, style, words = LOOKS[status.state]
        if status.ringing:
            mark, style, words = "⏰", "bold yellow", 'ringing; say "stop"'
        if status.microphone != "live":
            mark, style, words = (
                "✗",
                "bold red",
                {"opening": "the microphone is being opened", "silent": "the microphone delivers only silence: is it muted?"}.get(
                    status.microphone, "no microphone; waiting for one"
                ),
            )
        light = [Text(f"↗ {', '.join(status.leaving)}", "bold yellow")] if status.leaving else []
        ends = [*(["⏰ ringing"] if status.ringing and status.microphone != "live" else []), *status.timers]
        row = Table.grid(padding=(0, 1))
        row.add_row(
            Text(mark, style), Text(words, style), Text("▮" * meter, "green") + Text("▯" * (METER - meter), "dim"), *light, "  ".join(ends)
        )
        below = Text(f"  {self._partial}…", "italic") if self._partial else Text(f"  {self._hint}", "dim")
        return Group(row, below)


def meter_of(level: float) -> int:
    """Return how many characters of the meter a loudness of 0..1 fills, on a decibel scale."""
    from math import log10  # noqa: PLC0415 -- nothing else here computes

    decibels = 20 * log10(max(level, 1e-6))
    return max(0, min(METER, round(METER * (1 - decibels / FLOOR_DB))))


def line_of(event: Event) -> RenderableType | None:
    """Return what stays on the screen of an event."""
    match event:
        case Heard():
            return Text("\n  you  ", "bold") + Text(event.text)
        case Understood(action=str() as action):
            slots = " ".join(f"{name}={value}" for name, value in event.slots.items())
            more = "".join(f", then {step.action}" for step in event.then)
            return Text(f"       {action} {slots}{more}  ({event.source})", "dim")
        case Saying():
            return Text("  ⏰   " if event.announcement else "  hark ", "bold cyan") + Text(event.text)
        case Leaves():
            return Text(f"  ↗    to {event.host}", "yellow")
        case Interrupted():
            return Text(f"       stopped by {event.by}", "dim")
        case Failed():
            return Text(f"  !    {event.error}", "red")
        case Finished(turn=Turn() as turn) if turn.marks:
            return Text(
                "       " + " · ".join(f"{STAGES[stage]} {ms:.0f} ms" for stage, ms in turn.marks.items() if stage in STAGES), "dim"
            )
        case Asked():
            return None
    return None
