"""A stand-in for an OpenAI-compatible server with a language model: real sockets, and every fault such a server has."""

import asyncio
import json
from contextlib import asynccontextmanager

from aiohttp import web


class Server:
    """Answers each request with the next of its answers, or the last again."""

    def __init__(self, *answers, models=("qwen2.5:7b",), key=""):
        self.answers = list(answers) or ["Hello."]
        self.models = models
        self.key = key
        self.bodies = []
        """What it was asked."""
        self.status = 200
        self.problem = {"error": {"message": "out of memory"}}
        self.refuses = set()
        """Fields of a request it answers 400 to."""
        self.cut_after = None
        """Pieces after which the connection breaks."""
        self.garbage = b""
        """Sent instead of an answer."""
        self.whole = False
        """Answers in one piece, as servers do that cannot stream."""
        self.slow = asyncio.Event()
        self.slow.set()
        """Cleared: waits after its first piece."""
        self.gone = asyncio.Event()
        """Set when whoever asked has closed the connection."""
        self.url = ""

    def _refusal(self, request):
        if self.key and request.headers.get("Authorization") != f"Bearer {self.key}":
            return web.json_response({"error": {"message": "bad key"}}, status=401)
        return web.json_response(self.problem, status=self.status) if self.status != 200 else None

    async def listed(self, request):
        refusal = self._refusal(request)
        return refusal or web.json_response({"object": "list", "data": [{"id": name, "object": "model"} for name in self.models]})

    async def chat(self, request):
        body = await request.json()
        self.bodies.append(body)
        if refusal := self._refusal(request):
            return refusal
        if body["model"] not in self.models:
            return web.json_response({"error": {"message": f"model '{body['model']}' not found"}}, status=404)
        if unknown := self.refuses & body.keys():
            return web.json_response({"error": {"message": f"unknown field {min(unknown)}"}}, status=400)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        usage = {"prompt_tokens": 50, "completion_tokens": len(answer.split()), "prompt_tokens_details": {"cached_tokens": 30}}
        if self.whole:
            return web.json_response({"choices": [{"message": {"content": answer}, "finish_reason": "stop"}], "usage": usage})
        return await self._stream(request, answer, usage)

    async def _stream(self, request, answer, usage):
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        if self.garbage:
            await response.write(self.garbage)
            return response
        pieces = [answer[at : at + 7] for at in range(0, len(answer), 7)]
        try:
            for number, piece in enumerate(pieces):
                if number == self.cut_after:
                    request.transport.close()
                    return response
                await response.write(event({"choices": [{"delta": {"content": piece}, "finish_reason": None}]}))
                await self._wait(request)
            await response.write(event({"choices": [{"delta": {}, "finish_reason": "stop"}]}))
            await response.write(event({"choices": [], "usage": usage}) + b"data: [DONE]\n\n")
        except ConnectionResetError:
            self.gone.set()
        return response

    async def _wait(self, request):
        """Wait until it may go on, or nobody listens any more."""
        while not self.slow.is_set():
            if request.transport is None or request.transport.is_closing():
                self.gone.set()
                raise ConnectionResetError
            await asyncio.sleep(0.01)


def event(data):
    return b": a comment\ndata: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n"


@asynccontextmanager
async def serving(server):
    """Serve on a port of this machine."""
    app = web.Application()
    app.router.add_get("/v1/models", server.listed)
    app.router.add_post("/v1/chat/completions", server.chat)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/v1"
    try:
        yield server
    finally:
        server.slow.set()
        await runner.cleanup()
