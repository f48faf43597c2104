"""A stand-in for whoever gets what is posted: a server of this machine over real sockets, which records every byte and has every fault."""

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Provider:
    """Answers with what the test has set."""

    port: int = 0
    answer: bytes = b'data: {"n": 1}\n\ndata: [DONE]\n\n'
    status: int = 200
    headers: dict = field(default_factory=dict)
    fault: str = ""
    """"cut" breaks off in the middle, "silence" never answers, "stall" stops in the middle, "hang up" ends without an answer."""
    bodies: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    """Request line and headers as text."""
    on_request: object = None
    """Called with the body at the moment it has come."""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/v1/chat/completions"

    async def serve(self, reader, writer):
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode():
                length = next((int(line.split(":")[1]) for line in head.splitlines() if line.lower().startswith("content-length")), 0)
                body = await reader.readexactly(length)
                self.heads.append(head)
                self.bodies.append(body)
                if self.on_request:
                    self.on_request(body)
                await self.reply(writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def reply(self, writer):
        if self.fault == "silence":
            await asyncio.sleep(30)
        if self.fault == "hang up":
            raise ConnectionError
        headers = {"Content-Type": "text/event-stream", "Content-Length": str(len(self.answer))} | self.headers
        writer.write(self.head(headers))
        half = len(self.answer) // 2
        writer.write(self.answer[:half] if self.fault else self.answer)
        await writer.drain()
        if self.fault == "cut":
            raise ConnectionError
        if self.fault == "stall":
            await asyncio.sleep(30)

    def head(self, headers):
        lines = [f"HTTP/1.1 {self.status} X", *(f"{name}: {value}" for name, value in headers.items())]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@asynccontextmanager
async def providing(**set_up):
    """Serve until the block ends."""
    provider = Provider(**set_up)
    tasks = set()

    async def serve(reader, writer):
        tasks.add(asyncio.current_task())
        await provider.serve(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=1 << 24)
    provider.port = server.sockets[0].getsockname()[1]
    try:
        yield provider
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


def events(*texts):
    """Return a body of server-sent events as OpenAI-compatible servers send them."""
    chunks = [{"choices": [{"delta": {"content": text}}]} for text in texts]
    return b"".join(b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n" for chunk in chunks) + b"data: [DONE]\n\n"
