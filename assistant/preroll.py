"""The frames from before it was sure that somebody speaks: soft first consonants, and the wake phrase of a command in the same breath."""

from collections import deque

from assistant.commands import BeginWords, Command, FeedWords, HeardFrame


class Preroll:
    """Keeps the last frames."""

    def __init__(self) -> None:
        self._frames: deque[HeardFrame] = deque()

    def add(self, frame: HeardFrame) -> None:
        """Keep one more."""
        self._frames.append(frame)

    def trim(self, from_s: float) -> None:
        """Drop what ended by this stream time."""
        while self._frames and self._frames[0].end_s <= from_s:
            self._frames.popleft()

    def clear(self) -> None:
        """Drop everything."""
        self._frames.clear()

    def begin(self) -> list[Command]:
        """Return what starts the recogniser with all that was kept, and keep none of it."""
        frames = list(self._frames)
        self._frames.clear()
        return [BeginWords(frames[0].start_s), *(FeedWords(frame.samples) for frame in frames)]
