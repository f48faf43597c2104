"""Where the user lives, as far as the weather goes: set in the configuration, or what was answered when it was asked for."""

from datetime import datetime, timedelta

from assistant.skill import Context
from skills.weather.places import is_here

ASKED_FOR = timedelta(minutes=2)
"""For so long the name of a place alone is the answer to the question where."""


class Home:
    """The place that is meant when none is named."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._homes = ctx.records("weather.home")
        self._questions = ctx.records("weather.asked")

    async def name(self) -> str:
        """Return the place; empty when nobody has told it."""
        homes = await self._homes.all()
        return str(homes[-1].data["place"]) if homes else ""

    async def ask(self) -> None:
        """Remember that the question was asked."""
        await self._questions.add(at=self._ctx.now.isoformat())

    async def is_answer(self, place: str) -> bool:
        """Tell whether a place is the answer to the question."""
        asked = False
        for question in await self._questions.all():
            if self._ctx.now - datetime.fromisoformat(question.data["at"]) <= ASKED_FOR:
                asked = True
            else:
                await self._questions.remove(question.id)
        heard = self._ctx.heard.casefold().strip(" .!?。！？")
        return asked and not is_here(place) and (place.casefold() not in heard or heard == place.casefold())

    async def keep(self, place: str) -> int:
        """Remember where the user lives; return by which number it can be forgotten."""
        for shelf in (self._homes, self._questions):
            for record in await shelf.all():
                await shelf.remove(record.id)
        return (await self._homes.add(place=place)).id
