"""What can go wrong with a benchmark."""

from assistant.errors import HarkError


class BenchError(HarkError):
    """A benchmark cannot be run here; the message says what it needs."""

    status = 2
