"""A stand-in for mpv that speaks its JSON IPC: it plays nothing, but has a playlist, a place in it, and a pause.

Run as `python mpv_stand_in.py --input-ipc-server=PATH ...`. A file whose name has "broken" in it cannot be played.
"""

import json
import os
import socketserver
import sys
import threading

STATE = {"pause": False, "playlist-pos": -1, "time-pos": None, "pid": os.getpid()}
FILES: list[str] = []
TITLES = {"title": "Stand-in", "Artist": "Nobody"}


def answer(command):
    """Return the error and the data for a command, as mpv 0.35 does."""
    match command:
        case ["get_property", "playlist"]:
            return "success", [{"filename": name} for name in FILES]
        case ["get_property", "playlist-count"]:
            return "success", len(FILES)
        case ["get_property", "metadata"]:
            return ("success", TITLES) if FILES else ("property unavailable", None)
        case ["get_property", name]:
            value = STATE.get(name)
            return ("success", value) if value is not None else ("property unavailable", None)
        case ["set_property", name, value]:
            STATE[name] = value
            return "success", None
        case ["loadfile", name, flag]:
            load(name, flag)
            return "success", None
        case ["seek", seconds, "absolute"]:
            STATE["time-pos"] = seconds
            return "success", None
        case ["playlist-next" | "playlist-prev" as which, "weak"]:
            place = STATE["playlist-pos"] + (1 if which == "playlist-next" else -1)
            if not 0 <= place < len(FILES):
                return "error running command", None
            STATE["playlist-pos"] = place
            return "success", None
        case ["quit"]:
            os._exit(0)
    return "invalid parameter", None


def load(name, flag):
    """Put a file into the playlist."""
    if flag == "replace":
        FILES.clear()
        STATE.update({"playlist-pos": 0, "time-pos": None if "broken" in name else 0.0})
    FILES.append(name)


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self):
        for line in self.rfile:
            asked = json.loads(line)
            self.wfile.write(b'{"event":"property-change","id":1}\n')  # events come in between
            error, data = answer(asked["command"])
            self.wfile.write(json.dumps({"request_id": asked["request_id"], "error": error, "data": data}).encode() + b"\n")


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Where it listens."""

    daemon_threads = True


if __name__ == "__main__":
    path = next(word.partition("=")[2] for word in sys.argv if word.startswith("--input-ipc-server="))
    with Server(path, Conversation) as server:
        threading.Timer(30, lambda: os._exit(1)).start()  # a test that forgets it leaves nothing behind
        server.serve_forever()
