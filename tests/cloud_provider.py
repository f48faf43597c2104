"""A provider to ask in tests: an OpenAI-compatible server on the loopback that records every byte, and fails in any way that is wanted."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import datetime

from assistant.app import open_app
from assistant.clock import VirtualClock
from assistant.config import CloudConfig, Config, Places, PrivacyConfig
from assistant.vocabulary import Finished, Saying, Transcript
from assistant.words import language_of

MONDAY = datetime.fromisoformat("2026-11-23T15:00:00+01:00")

ASK = "ask the cloud why the sky is blue"


class Provider:
    """Answers what it is told to; `bodies` are what it was sent, `connections` how often anybody connected."""

    def __init__(self):
        self.connections = 0
        self.bodies = []
        self.headers = []
        self.says = ["The sky is blue ", "because of scattering. ", "That is all."]
        self.calls = []
        """Parts of calls of tools, as they come after the text."""
        self.fault = ""
        self.released = asyncio.Event()
        self.url = ""

    async def serve(self, reader, writer):
        """Take one request."""
        self.connections += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            size = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.lower().startswith("content-length"))
            self.headers.append(head)
            self.bodies.append(await reader.readexactly(size))
            await self.answer(writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def answer(self, writer):
        """Answer as told."""
        if self.fault.isdecimal():
            text = json.dumps({"error": {"message": "no", "code": "x"}})
            writer.write(f"HTTP/1.1 {self.fault} No\r\nContent-Length: {len(text)}\r\n\r\n{text}".encode())
        elif self.fault == "content":
            text = json.dumps({"error": {"message": "Input may contain inappropriate content", "code": "data_inspection_failed"}})
            writer.write(f"HTTP/1.1 400 Bad\r\nContent-Length: {len(text)}\r\n\r\n{text}".encode())
        elif self.fault == "garbage":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n" + b"\xff<html>{{{" * 3)
        elif self.fault == "slow":
            await self.released.wait()
        else:
            await self.stream(writer)
        await writer.drain()

    async def stream(self, writer):
        """Stream the answer, cut in odd places, with keep-alives."""
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        events = [b": keep-alive\n\n"]
        deltas = [{"content": text} for text in self.says] + [{"content": None, "tool_calls": parts} for parts in self.calls]
        pieces = [json.dumps({"choices": [{"delta": delta}]}, ensure_ascii=False) for delta in deltas]
        events += [f"data: {piece}\r\n\r\n".encode() for piece in pieces]
        if self.fault == "declined":
            events.append(b'data: {"choices": [{"delta": {}, "finish_reason": "content_filter"}]}\n\n')
        if self.fault == "junk":
            events.append(b"data: {nonsense\n\n")
        if self.fault == "error":
            events.append(b'data: {"error": {"message": "overloaded"}}\n\n')
        events.append(b'data: {"choices": [], "usage": {"prompt_tokens": 70, "completion_tokens": 9}}\n\n')
        events.append(b"data: [DONE]\n\n")
        raw = b"".join(events)
        if self.fault == "cut":
            raw = raw[: len(raw) // 2]
        for at in range(0, len(raw), 17):
            piece = raw[at : at + 17]
            writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        if self.fault != "cut":
            writer.write(b"0\r\n\r\n")

    @property
    def asked(self):
        """What the user's message of the last request was."""
        return json.loads(self.bodies[-1])["messages"][-1]["content"]


@asynccontextmanager
async def provider():
    """Give a provider that is there."""
    one = Provider()
    server = await asyncio.start_server(one.serve, "127.0.0.1", 0)
    one.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield one
    finally:
        one.released.set()
        server.close()
        await server.wait_closed()


class Talk:
    """A conversation that may ask a provider."""

    def __init__(self, home, there, privacy=None, skill=None, **cloud):
        self.there = there
        self.clock = VirtualClock(MONDAY)
        cloud = {"deadline_s": 5.0} | cloud
        cloud = CloudConfig(provider="own", url=there.url, model="qwen-max", **cloud)
        config = Config(cloud=cloud, privacy=privacy or PrivacyConfig(), skill=skill or {})
        self.app = open_app(Places(str(home)), config, self.clock)
        self.turn = None

    async def say(self, text, **told):
        """Return what is answered."""
        events = [event async for event in self.app.brain.respond(Transcript(text, language_of(text)), **told)]
        self.turn = next(event.turn for event in events if isinstance(event, Finished))
        return " ".join(event.text for event in events if isinstance(event, Saying))

    @property
    def sent(self):
        """What the ledger has."""
        return self.app.around.egress.ledger.connections()


@asynccontextmanager
async def talking(home, **config):
    """Give a conversation and its provider."""
    async with provider() as there:
        talk = Talk(home, there, **config)
        try:
            yield talk
        finally:
            talk.app.close()
