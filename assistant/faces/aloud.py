"""Replies said aloud while the conversation is typed."""

import asyncio
from collections.abc import Callable

from assistant.errors import WorkerError
from assistant.mouth import Mouth, nothing
from assistant.ports import LiveSound
from assistant.worker import Worker

RING = "ring"
"""The chime of a timer, and the id under which it sounds."""


class Aloud:
    """A voice and a loudspeaker; what goes wrong with them costs the sound, never the words on the screen."""

    def __init__(self, sound: LiveSound, voice: Worker, tell: Callable[[str], None]) -> None:
        """Take the loudspeaker, the voice, and who hears of trouble."""
        self._sound = sound
        self.mouth = Mouth(voice, sound)
        self._tell_user = tell
        self._told = ""
        self._ringing = False
        self._speaking = False

    async def start(self) -> None:
        """Get both ready. Raises WorkerError with the reason there is no sound."""
        await asyncio.gather(self._sound.worker.start(), self.mouth.worker.start())

    async def run(self) -> None:
        """Follow what is played, for ever."""
        async for beat in self._sound.beats():
            if beat.state == "lost":
                self.mouth.forget()
            self.mouth.heard(beat.played)
            self._tell(beat.told)

    async def say(self, text: str, language: str) -> None:
        """Speak a text, and wait until it has been heard."""
        self._speaking = True
        try:
            await self.mouth.say(text, language, nothing)
            await self.mouth.all_heard()
        except WorkerError as error:
            self.mouth.forget()
            self._tell(str(error))
        finally:
            self._speaking = False

    async def ring(self) -> None:
        """Sound the timer's chime until `hush`."""
        self._ringing = True
        try:
            await self._sound.chime(RING, loop=True)
        except WorkerError as error:
            self._tell(str(error))

    async def hush(self) -> bool:
        """Silence everything; tell whether anything sounded."""
        sounded = self._ringing or self._speaking
        self._ringing = False
        try:
            await self._sound.stop(None)
        except WorkerError as error:
            self._tell(str(error))
        self.mouth.forget()
        return sounded

    async def close(self) -> None:
        """End both processes."""
        await asyncio.gather(self._sound.worker.close(), self.mouth.close())

    def _tell(self, problem: str) -> None:
        """Tell of trouble, once until something else happens: a lost speaker is looked for again and again."""
        if problem and problem != self._told:
            self._told = problem
            self._tell_user(problem)
