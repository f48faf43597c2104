"""The command line."""

import sys
from collections.abc import Sequence

from assistant.cli.parser import command_parser
from assistant.errors import HarkError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 failed, 2 not understood or bad input, 130 interrupted."""
    import importlib  # noqa: PLC0415 -- each command loads only what it needs, so that `--help` is there at once

    args = command_parser().parse_args(argv)
    try:
        return int(importlib.import_module(f"assistant.cli.{args.module}").run(args))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away, as `head` does
        return 0
    except HarkError as error:
        print(f"hark: {error}", file=sys.stderr)
        return getattr(error, "status", 1)
