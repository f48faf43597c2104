"""What a Hark that only answers a sentence owes to time: what nobody rang is told first, and that nobody will ring what was set."""

from dataclasses import dataclass, field
from typing import Self

from assistant.announcements import announcement
from assistant.app import App
from assistant.errors import StoreError
from assistant.executor import phrase
from assistant.timers import claim_due

Moments = frozenset[tuple[str, int, float]]
"""Kind, number and time of everything that will ring."""


@dataclass(frozen=True, slots=True)
class Unattended:
    """One turn of a Hark that does not ring."""

    app: App
    language: str
    missed: tuple[str, ...] = ()
    """What to tell before anything else."""
    before: Moments = field(default_factory=frozenset)
    alone: bool = False
    """No Hark is there to ring."""

    @classmethod
    async def begin(cls, app: App, language: str) -> Self:
        """Take what is due, unless another Hark rings it; a memory file that cannot be used is told of by the turn itself."""
        if app.watch.kept:
            return cls(app, language)
        if not app.store.kept:  # what is told now would be told again
            return cls(app, language, (), await moments(app), alone=True)
        try:
            due = claim_due(app.timers, app.rings, app.clock)
            return cls(app, language, tuple(announcement(one, language)[0] for one in due), await moments(app), alone=True)
        except StoreError:
            return cls(app, language)

    @classmethod
    async def after(cls, app: App) -> Self:
        """Take from where it begins what is set; what is due stays with those who ring."""
        return cls(app, "en", (), await moments(app), alone=not app.watch.kept)

    async def warning(self) -> str:
        """Return what to say of what this turn has set; empty when a Hark is there to ring it, or nothing was set."""
        new = len(await moments(self.app) - self.before) if self.alone else 0
        if not new:
            return ""
        if not self.app.store.kept:
            return phrase(self.language, "But it can't be kept, so nothing will ring.", "不过现在什么也存不住，到时不会响。")
        it = "it" if new == 1 else "them"
        return phrase(
            self.language,
            f"But no Hark is running to ring {it}. Start one with 'hark'.",
            "不过现在没有运行着的 Hark，到时不会响。请运行 hark。",
        )


async def moments(app: App) -> Moments:
    """Return what will ring, and when."""
    timers = (("timer", one.id, one.ends_at.timestamp()) for one in await app.timers.all() if one.paused_left is None)
    rings = ((one.kind, one.id, one.at.timestamp()) for one in [*await app.rings.all("alarm"), *await app.rings.all("reminder")])
    return frozenset([*timers, *rings])
