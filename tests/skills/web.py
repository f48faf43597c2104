"""A stand-in for the services that skills ask: a server of this machine, reached as the egress broker reaches the real ones."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from assistant import wire
from assistant.errors import WebError
from assistant.skill import CannotDo
from assistant.testing import FakeContext


@dataclass
class StandIn:
    """A server that answers every address with what the test has set."""

    port: int = 0
    answers: dict = field(default_factory=dict)
    """By the path of an address: a text, an object that is sent as JSON, bytes, a status, or an event that is waited for."""
    asked: list = field(default_factory=list)
    """Paths and parameters."""


@contextmanager
def standing_in(**answers):
    """Serve until the block ends."""
    stand_in, ended = StandIn(answers={f"/{path}": answer for path, answer in answers.items()}), threading.Event()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            stand_in.asked.append((parts.path, dict(parse_qsl(parts.query))))
            answer = stand_in.answers.get(parts.path, 404)
            if answer == "silence":
                ended.wait(10)
                return
            body = answer if isinstance(answer, bytes) else answer if isinstance(answer, str) else json.dumps(answer)
            self.send_response(answer if isinstance(answer, int) else 200)
            self.end_headers()
            self.wfile.write(body if isinstance(body, bytes) else body.encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    stand_in.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stand_in
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


class WebContext(FakeContext):
    """A context whose addresses lead to a stand-in, over the broker's own client."""

    def __init__(self, stand_in, language="en", **more):
        super().__init__(language, **more)
        self.stand_in = stand_in

    async def fetch(self, url, **params):
        self.fetched.append((url, params))
        address = f"http://127.0.0.1:{self.stand_in.port}{urlsplit(url).path}"
        try:
            return await wire.answer(address, params={name: str(value) for name, value in params.items()})
        except WebError as error:
            raise CannotDo(en=f"I couldn't get that. {error}", zh=f"没查到。{error}") from error
