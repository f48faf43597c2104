"""The inside of a worker: hosts one engine in a process of its own, and answers calls over its standard streams.

Run as `python -m assistant.hosting module:Class`, with the engine's options as the first message. Messages are MessagePack with
a four-byte length before each: `[id, method, args]` in, `[id, kind, value]` out, where kind is value, item, end, error or notice.
Samples travel as an extension type of raw int16.
"""

import importlib
import inspect
import os
import queue
import signal
import struct
import sys
import threading
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

SAMPLES = 1
"""MessagePack extension code of int16 samples."""

LONGEST_MESSAGE = 64 * 2**20
"""Bytes; more than any stretch of sound that is sent at once."""

LENGTH = struct.Struct("<I")
CANCEL = "cancel"
"""The method name that ends the stream whose id is its argument."""


def write_message(stream: BinaryIO, message: bytes) -> None:
    """Send one message."""
    stream.write(LENGTH.pack(len(message)) + message)
    stream.flush()


def read_message(stream: BinaryIO) -> bytes | None:
    """Return the next message; None at the end of the stream."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return stream.read(LENGTH.unpack(head)[0])


class Host:
    """One engine and the pipe to whoever uses it."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._lock = threading.Lock()
        self._calls: queue.SimpleQueue[tuple[int, str, list[Any]]] = queue.SimpleQueue()
        self._cancelled: set[int] = set()
        self._current = 0
        self._encoder = msgspec.msgpack.Encoder(enc_hook=encode_samples)
        self._decoder = msgspec.msgpack.Decoder(ext_hook=decode_samples)

    def serve(self, target: str) -> None:
        """Build the engine and answer calls until the other side is gone."""
        options = self._decoder.decode(read_message(self._incoming) or b"\x80")
        engine = self._build(target, options)
        if engine is None:
            return
        threading.Thread(target=self._read, daemon=True).start()
        while True:
            self._answer(engine, *self._calls.get())

    def _build(self, target: str, options: dict[str, Any]) -> Any:
        module, _, name = target.partition(":")
        try:
            kind = getattr(importlib.import_module(module), name)
            if "emit" in inspect.signature(kind).parameters:
                options["emit"] = lambda notice: self._send(0, "notice", notice)
            if "cancelled" in inspect.signature(kind).parameters:
                options["cancelled"] = lambda: self._current in self._cancelled
            engine = kind(**options)
        except Exception as error:  # noqa: BLE001 -- whatever a native engine raises, the other side is told
            self._send(0, "error", f"{type(error).__name__}: {error}" if not str(error) else str(error))
            return None
        self._send(0, "value", None)
        return engine

    def _read(self) -> None:
        """Take calls as they come, so that a stream under way can be cancelled; leave when nobody is there any more."""
        while message := read_message(self._incoming):
            number, method, args = self._decoder.decode(message)
            if method == CANCEL:
                self._cancelled.add(args[0])
            else:
                self._calls.put((number, method, args))
        os._exit(0)  # the engine may be inside native code that never returns

    def _answer(self, engine: Any, number: int, method: str, args: list[Any]) -> None:
        self._current = number
        try:
            member = getattr(engine, method)
            value = member(*args) if callable(member) else member
            if isinstance(value, Iterator):
                self._stream(number, value)
            else:
                self._send(number, "value", value)
        except Exception as error:  # noqa: BLE001 -- whatever an engine raises, the other side is told
            self._send(number, "error", told(error))
        self._cancelled.discard(number)

    def _stream(self, number: int, items: Iterator[Any]) -> None:
        for item in items:
            if number in self._cancelled:
                break
            self._send(number, "item", item)
        close = getattr(items, "close", None)
        if close:
            close()
        self._send(number, "end", None)

    def _send(self, number: int, kind: str, value: Any) -> None:
        message = self._encoder.encode([number, kind, value])
        with self._lock:
            try:
                write_message(self._outgoing, message)
            except BrokenPipeError:
                os._exit(0)


def told(error: Exception) -> str:
    """Return an error in words: ours are written for the user, a library's make no sense without their kind."""
    ours = type(error).__module__.partition(".")[0] in {"audio", "assistant"}
    return str(error) if ours else f"{type(error).__name__}: {error}"


def encode_samples(value: Any) -> Any:
    """Send int16 samples as raw bytes."""
    return msgspec.msgpack.Ext(SAMPLES, value.tobytes())


def decode_samples(code: int, data: memoryview) -> Any:
    """Return int16 samples from raw bytes."""
    import numpy as np  # noqa: PLC0415 -- only engines that are sent sound need it

    if code != SAMPLES:
        raise ValueError(f"no such extension: {code}")
    return np.frombuffer(data, np.int16)


def main() -> None:
    """Serve on the standard streams; what native libraries print goes to standard error instead."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the assistant's to handle; it closes our pipe
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    Host(sys.stdin.buffer, outgoing).serve(sys.argv[1])


if __name__ == "__main__":
    main()
