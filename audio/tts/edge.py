"""Microsoft's online voices through edge-tts: every reply's text leaves the machine, so each one is asked for first."""

import asyncio
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from urllib.parse import urlsplit

import aiohttp
import av
import edge_tts
from edge_tts.constants import WSS_URL
from edge_tts.data_classes import TTSConfig
from edge_tts.exceptions import EdgeTTSException

from audio.errors import EngineError
from audio.scripts import speakable
from audio.tts.phrasing import streamed
from audio.vocabulary import Samples

HOST = urlsplit(WSS_URL).hostname or ""
"""Who hears the text."""

_RATE = 24_000  # Hz: edge-tts asks for audio-24khz-48kbitrate-mono-mp3
_CONNECT_S, _RECEIVE_S = 3, 5
"""A person waits no longer for an answer to begin or go on."""

_PART = 800
"""Characters in one request: at most 4096 bytes however escaped: edge-tts cannot use a connector twice."""
_PART_END = re.compile(r".*[\s。！？，；]", re.DOTALL)

_FAILURES = (aiohttp.ClientError, EdgeTTSException, av.error.FFmpegError, OSError, TimeoutError, ValueError, KeyError, RuntimeError)
"""The last three are edge-tts's answers to a message it cannot parse and to a clock so wrong that it would need a second request."""


class Edge:
    """Online voices, each reading both scripts."""

    rate: int = _RATE

    def __init__(
        self,
        allowed: Callable[[str, str], None],
        voice_en: str = "en-US-EmmaMultilingualNeural",
        voice_zh: str = "zh-CN-XiaoxiaoNeural",
        connector: Callable[[], aiohttp.BaseConnector] | None = None,
        received: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Prepare without connecting.

        `allowed` is called with the host and the very text each time before anything is sent, and raises to refuse;
        what it raises reaches the caller.
        `connector` makes the connection, inside of a running event loop; without it aiohttp's own does.
        `received` hears of each piece of sound that comes, with its bytes.
        """
        for voice in (voice_en, voice_zh):
            try:
                TTSConfig(voice, "+0%", "+0%", "+0Hz", "SentenceBoundary")
            except ValueError as error:
                raise EngineError(
                    f"{voice!r} is no online voice. They are named like en-US-EmmaMultilingualNeural or zh-CN-XiaoxiaoNeural."
                ) from error
        self._voices = {"en": voice_en, "zh": voice_zh}
        self._allowed = allowed
        self._connector = connector
        self._heard = received

    def speak(self, text: str, language: str, voice: str = "") -> Iterator[Samples]:
        """Yield the speech as it arrives; raises EngineError when the service cannot be reached or stops in the middle."""
        said = speakable(text).strip()
        if not any(character.isalnum() for character in said):
            return
        self._allowed(HOST, said)
        with closing(self._received(said, voice or self._voices[language])) as pieces:
            yield from streamed(pieces, self.rate)

    def _received(self, text: str, voice: str) -> Generator[Samples, None, None]:
        """Run the conversation with the service a message at a time: while the caller is busy, nothing of ours runs."""
        decoder = av.CodecContext.create("mp3", "r")
        received: asyncio.Queue[bytes] = asyncio.Queue()
        try:
            with asyncio.Runner() as runner:  # leaving it cancels the conversation
                conversation = runner.get_loop().create_task(self._converse(text, voice, received))
                while data := runner.run(received.get()):
                    self._heard(len(data))
                    yield from _decoded(decoder, data)
                conversation.result()
                yield from _decoded(decoder, b"")
        except _FAILURES as error:
            raise EngineError(
                f"Microsoft's online voice failed ({type(error).__name__}: {error}). Check the connection, or choose the voice espeak."
            ) from error

    async def _converse(self, text: str, voice: str, received: asyncio.Queue[bytes]) -> None:
        """Put the MP3 data into the queue, and empty data at the end.

        The queue takes everything at once, so that a cancellation arrives inside of edge-tts, which then hangs up.
        """
        try:
            for part in _parts(text):
                connector = self._connector() if self._connector else None
                speech = edge_tts.Communicate(part, voice, connector=connector, connect_timeout=_CONNECT_S, receive_timeout=_RECEIVE_S)
                async for message in speech.stream():
                    if message["type"] == "audio":
                        received.put_nowait(message["data"])
        finally:
            received.put_nowait(b"")


def _parts(text: str) -> Iterator[str]:
    while len(text) > _PART:
        end = _PART_END.match(text, 0, _PART)
        cut = end.end() if end else _PART
        yield text[:cut]
        text = text[cut:]
    if text.strip():
        yield text


def _decoded(decoder: av.AudioCodecContext, data: bytes) -> Iterator[Samples]:
    """Yield the sound of some MP3 data; empty data ends the stream."""
    for packet in decoder.parse(data):
        for frame in decoder.decode(packet):
            yield frame.to_ndarray()[0]
