import asyncio
import contextlib
import io
import re
import threading

import aiohttp
import numpy as np
import pytest
import soundfile
from aiohttp import web

from audio.errors import EngineError
from audio.tts.edge import HOST, Edge

RATE = 24_000


class Refused(Exception):
    pass


def mp3():
    """Return half a second of silence, one of a tone and another half of silence, as the service sends them."""
    tone = 8000 * np.sin(np.arange(RATE) * 2 * np.pi * 440 / RATE)
    quiet = np.zeros(RATE // 2)
    file = io.BytesIO()
    soundfile.write(file, np.concatenate([quiet, tone, quiet]).astype(np.int16), RATE, format="MP3")
    return file.getvalue()


class Service:
    """Speaks the service's protocol on a Unix socket; `fault` names the way in which it misbehaves."""

    def __init__(self, path):
        self.path = str(path)
        self.fault = ""
        self.said = []
        self.hung_up = threading.Event()
        self.resume = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self):
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(5)
        return self

    def __exit__(self, *error):
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _start(self):
        app = web.Application()
        app.router.add_get("/consumer/speech/synthesize/readaloud/edge/v1", self._talk)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        await web.UnixSite(self._runner, self.path).start()

    async def _talk(self, request):
        if self.fault == "forbidden":
            raise web.HTTPForbidden
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        assert "Path:speech.config" in await socket.receive_str()
        ssml = await socket.receive_str()
        self.said.append((re.search("<voice name='(.*?)'", ssml)[1], re.search("'>([^<]*)</prosody>", ssml)[1]))
        await socket.send_str("X-RequestId:1\r\nPath:turn.start\r\n\r\n{}")
        with contextlib.suppress(ConnectionError, aiohttp.ClientError):
            await self._answer(socket)
        self.hung_up.set()
        return socket

    async def _answer(self, socket):
        if self.fault == "silent":
            return
        if self.fault == "garbage":
            await socket.send_str("what?\r\n\r\n")
            return
        header = b"X-RequestId:1\r\nContent-Type:audio/mpeg\r\nPath:audio\r\n"
        sound = bytes(5000) if self.fault == "noise" else mp3()
        messages = [len(header).to_bytes(2, "big") + header + sound[start : start + 720] for start in range(0, len(sound), 720)]
        for message in messages[:-1]:
            await socket.send_bytes(message)
        if self.fault == "slow":
            await asyncio.to_thread(self.resume.wait, 5)
        if self.fault == "stuck":
            await socket.receive()
        await socket.send_bytes(messages[-1])
        await socket.send_str("X-RequestId:1\r\nPath:turn.end\r\n\r\n{}")


@pytest.fixture
def service(tmp_path, monkeypatch):
    for variable in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "WSS_PROXY", "wss_proxy"):
        monkeypatch.delenv(variable, raising=False)
    with Service(tmp_path / "edge.sock") as service:
        yield service


@pytest.fixture
def asked():
    return []


@pytest.fixture
def edge(service, asked):
    return Edge(lambda *what: asked.append(what), connector=lambda: aiohttp.UnixConnector(service.path))


def test_the_reply_is_heard_without_the_silence_around_it(edge):
    pieces = list(edge.speak("Hello there.", "en"))
    samples = np.concatenate(pieces)
    assert {piece.dtype for piece in pieces} == {np.dtype(np.int16)}
    assert edge.rate == RATE
    assert len(samples) / RATE == pytest.approx(1.06, abs=0.02)
    spectrum = np.abs(np.fft.rfft(samples[:RATE]))
    assert spectrum.argmax() == pytest.approx(440, abs=2)


def test_sound_comes_before_the_last_of_it_was_sent(edge, service):
    service.fault = "slow"
    speech = edge.speak("Hello.", "en")
    first = next(speech)
    assert len(first)
    service.resume.set()
    assert sum(map(len, speech)) > 0


def test_closing_the_speech_hangs_up(edge, service):
    service.fault = "stuck"
    speech = edge.speak("Hello.", "en")
    next(speech)
    speech.close()
    assert service.hung_up.wait(5)


def test_host_and_exact_text_are_asked_for_before_anything_is_sent(service, asked):
    def allowed(host, text):
        assert not service.said
        asked.append((host, text))

    list(Edge(allowed, connector=lambda: aiohttp.UnixConnector(service.path)).speak("Tom & Jerry 😀 at 7:30", "en"))
    assert asked == [(HOST, "Tom & Jerry   at 7:30")]
    assert [text.replace("&amp;", "&") for _, text in service.said] == [text for _, text in asked]


def test_each_speech_is_asked_for(edge, asked):
    for text in ("One.", "Two."):
        list(edge.speak(text, "en"))
    assert [text for _, text in asked] == ["One.", "Two."]


def test_a_refusal_reaches_the_caller_and_nothing_is_sent(service):
    def refuse(host, text):
        raise Refused(host, text)

    def connect():
        pytest.fail("connected")

    with pytest.raises(Refused):
        list(Edge(refuse, connector=connect).speak("Secret.", "en"))
    assert not service.said


def test_constructing_and_beginning_connect_to_nothing(asked):
    def connect():
        pytest.fail("connected")

    Edge(lambda *what: asked.append(what), connector=connect).speak("Hello.", "en")
    assert not asked


def test_a_text_without_words_is_neither_asked_for_nor_sent(edge, service, asked):
    assert list(edge.speak(" 😀 ... \x00", "en")) == []
    assert not asked
    assert not service.said


def test_each_language_has_its_voice(edge, service):
    list(edge.speak("Hello.", "en"))
    list(edge.speak("你好。", "zh"))
    assert [voice.rpartition("(")[2] for voice, _ in service.said] == ["en-US, EmmaMultilingualNeural)", "zh-CN, XiaoxiaoNeural)"]


def test_a_long_text_is_sent_whole(edge, service, asked):
    text = "word " * 2000
    list(edge.speak(text, "en"))
    assert len(service.said) > 1
    assert "".join(said for _, said in service.said).replace(" ", "") == text.replace(" ", "")
    assert len(asked) == 1


@pytest.mark.parametrize("fault", ["forbidden", "silent", "garbage", "noise"])
def test_a_service_that_misbehaves_is_an_error_that_names_the_alternative(edge, service, fault):
    service.fault = fault
    with pytest.raises(EngineError, match="choose the voice espeak"):
        list(edge.speak("Hello.", "en"))


def test_no_connection_is_an_error_that_names_the_alternative(tmp_path):
    with pytest.raises(EngineError, match="Check the connection"):
        list(Edge(lambda *_: None, connector=lambda: aiohttp.UnixConnector(str(tmp_path / "nobody"))).speak("Hello.", "en"))


def test_a_voice_with_an_impossible_name_is_an_error_that_shows_a_possible_one():
    with pytest.raises(EngineError, match=r"'emma' is no online voice.*en-US-EmmaMultilingualNeural"):
        Edge(lambda *_: None, voice_en="emma")
