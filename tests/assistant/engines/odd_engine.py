"""An engine that does everything an engine can do wrong."""

import os
import sys
import time


class Odd:
    """Misbehaves on request."""

    rate = 22_050

    def __init__(self, emit, greeting="hello"):
        self._emit = emit
        self.greeting = greeting
        sys.stdout.write("native libraries print to standard output")
        os.write(1, b"and so do their C parts")

    def greet(self, name):
        return f"{self.greeting} {name}"

    def count(self, upto):
        yield from range(upto)

    def loudest(self, samples):
        return int(samples.max())

    def half(self, samples):
        return samples // 2

    def tell(self, what):
        self._emit({"told": what})

    def fail(self):
        raise ValueError("the model is broken")

    def hang(self):
        time.sleep(3600)

    def die(self):
        os.kill(os.getpid(), 9)

    def garbage(self):
        for fd in range(3, 10):  # whichever the host writes to
            try:
                os.write(fd, b"\xff" * 64)
            except OSError:
                continue

    def pid(self):
        return os.getpid()


class Unbuildable:
    """Cannot be made."""

    def __init__(self):
        raise RuntimeError("No model here. Try `hark setup`.")


class Dying:
    """Dies while it is made."""

    def __init__(self):
        sys.exit(3)
