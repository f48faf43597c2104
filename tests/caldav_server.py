"""A stand-in for a CalDAV server on this machine: it keeps real state, checks the password, the versions and the conditions."""

import base64
import hashlib
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

USER, PASSWORD = "ana", "correct-horse"
HOME = "/dav/cal/ana/"
SPACES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'


def event(uid, title, start="20261124T140000Z"):
    """Return an entry as a file."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z"]
    return "\r\n".join([*lines, f"SUMMARY:{title}", f"DTSTART:{start}", "DURATION:PT1H", "END:VEVENT", "END:VCALENDAR", ""])


@dataclass
class Server:
    """What is on it, how it behaves, and what it was asked."""

    url: str = ""
    calendars: dict = field(
        default_factory=lambda: {"work": ("Work", "VEVENT"), "tasks": ("Tasks", "VTODO"), "home": ("Home & more", "VEVENT")}
    )
    entries: dict = field(default_factory=dict)
    """By path."""
    behaves: str = ""
    """"garbage", "entities", "cut", "slow", "refuses" (changes), "away" (redirects to another host), or a status."""
    asked: list = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def put(self, calendar, name, title, **more):
        """Change an entry as another program does."""
        self.entries[f"{HOME}{calendar}/{name}.ics"] = event(name, title, **more)

    def titles(self, calendar="work"):
        """Return what a calendar has."""
        found = [text for path, text in sorted(self.entries.items()) if path.startswith(f"{HOME}{calendar}/")]
        return [re.search(r"SUMMARY:(.*)", text)[1].strip() for text in found]

    def etag(self, path):
        """Return the version of an entry."""
        return '"' + hashlib.sha256(self.entries[path].encode()).hexdigest()[:12] + '"'


class Answering(BaseHTTPRequestHandler):
    """One request."""

    server_state: Server

    def handle_any(self):
        """Answer, as the server behaves."""
        state = self.server_state
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        state.asked.append((self.command, self.path))
        if state.behaves == "slow":
            state.ended.wait(10)
            return
        if state.behaves == "away":
            self.answer(302, headers={"Location": "http://localhost:9/dav/"})
        elif state.behaves == "cut":
            self.send_response(207)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"<d:multi")
        elif state.behaves == "garbage":
            self.answer(207, "<html>hello</html>")
        elif state.behaves == "entities":
            self.answer(207, '<!DOCTYPE x [<!ENTITY a "aaaa">]><d:multistatus xmlns:d="DAV:">&a;</d:multistatus>')
        elif state.behaves.isdecimal():
            self.answer(int(state.behaves))
        elif self.headers.get("Authorization") != "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode():
            self.answer(401)
        else:
            getattr(self, f"on_{self.command.lower()}")(body)

    do_PROPFIND = do_REPORT = do_PUT = do_DELETE = handle_any  # noqa: N815 -- names of the library

    def on_propfind(self, _):
        """Tell of the principal, its home, or the calendars in it."""
        if self.path == "/.well-known/caldav":
            self.answer(301, headers={"Location": "/dav/"})
        elif self.path == "/dav/":
            self.multi([(self.path, "<d:current-user-principal><d:href>/dav/me/</d:href></d:current-user-principal>")])
        elif self.path == "/dav/me/":
            self.multi([(self.path, f"<c:calendar-home-set><d:href>{HOME}</d:href></c:calendar-home-set>")])
        elif self.path == HOME:
            found = [(HOME, "<d:resourcetype><d:collection/></d:resourcetype>")]
            for name, (title, kind) in self.server_state.calendars.items():
                shown = title.replace("&", "&amp;")
                props = f"<d:resourcetype><d:collection/><c:calendar/></d:resourcetype><d:displayname>{shown}</d:displayname>"
                kinds = f'<c:supported-calendar-component-set><c:comp name="{kind}"/></c:supported-calendar-component-set>'
                found.append((f"{HOME}{name}/", props + kinds))
            self.multi(found)
        else:
            self.answer(404)

    def on_report(self, body):
        """Tell the versions of all entries, or the text of some."""
        state = self.server_state
        if "calendar-query" in body:
            self.multi([(path, f"<d:getetag>{state.etag(path)}</d:getetag>") for path in state.entries if path.startswith(self.path)])
            return
        wanted = [path for path in re.findall(r"<d:href>(.*?)</d:href>", body) if path in state.entries]
        texts = {path: state.entries[path].replace("&", "&amp;").replace("<", "&lt;") for path in wanted}
        self.multi(
            [(path, f"<d:getetag>{state.etag(path)}</d:getetag><c:calendar-data>{texts[path]}</c:calendar-data>") for path in wanted]
        )

    def on_put(self, body):
        """Write an entry, if it is as the other side thinks."""
        if self.may_change():
            is_new = self.path not in self.server_state.entries
            self.server_state.entries[self.path] = body
            self.answer(201 if is_new else 204, headers={"ETag": self.server_state.etag(self.path)})

    def on_delete(self, _):
        """Delete an entry, if it is as the other side thinks."""
        if self.path not in self.server_state.entries:
            self.answer(404)
        elif self.may_change():
            del self.server_state.entries[self.path]
            self.answer(204)

    def may_change(self):
        """Tell whether the conditions hold, and answer when they do not."""
        state = self.server_state
        known = state.etag(self.path) if self.path in state.entries else None
        if state.behaves == "refuses":
            self.answer(403)
            return False
        wanted = self.headers.get("If-Match")
        if (self.headers.get("If-None-Match") and known) or (wanted and (known is None or wanted not in {"*", known})):
            self.answer(412)
            return False
        return True

    def multi(self, found):
        """Answer with what is said of each address."""
        each = [
            f"<d:response><d:href>{path}</d:href><d:propstat><d:prop>{props}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
            "<d:propstat><d:prop><d:gone/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>"
            for path, props in found
        ]
        self.answer(207, f'<?xml version="1.0" encoding="utf-8"?><d:multistatus {SPACES}>{"".join(each)}</d:multistatus>')

    def answer(self, status, text="", headers=None):
        """Send an answer."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        """Print nothing."""


@contextmanager
def serving():
    """Serve until the block ends."""
    state = Server()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Answering,), {"server_state": state}))
    state.url = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
