"""The command line."""

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence

from assistant.cli.parser import command_parser
from assistant.errors import HarkError, WebError

log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 failed, 2 not understood or bad input, 130 interrupted."""
    args = command_parser().parse_args(argv)
    try:
        return run(args)
    except KeyboardInterrupt as error:
        if error.args:
            print(f"hark: {error}", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away, as `head` does
        return 0
    except HarkError as error:
        return tell(error)
    except Exception as error:  # noqa: BLE001 -- the top: whatever went wrong is one line here, and the whole of it in the log
        return tell(error)


def run(args: argparse.Namespace) -> int:
    """Load the command's module, which loads only what it needs, and run it."""
    from assistant.config import OFFLINE, Places  # noqa: PLC0415 -- `--help` needs none of this
    from assistant.logs import start_log  # noqa: PLC0415 -- as above

    if args.offline:
        os.environ[OFFLINE] = "1"
    start_log(Places())
    return int(importlib.import_module(f"assistant.cli.{args.module}").run(args))


def tell(error: BaseException) -> int:
    """Print what went wrong in one line and return the exit status."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]  # what one task of a group raised
    if isinstance(error, HarkError):
        print(f"hark: {error}", file=sys.stderr)
        return 1 if isinstance(error, WebError) else int(getattr(error, "status", 1))  # a WebError's is of HTTP
    from assistant.config import Places  # noqa: PLC0415 -- `--help` needs none of this

    log.error("unexpected", exc_info=error)
    print(
        f"hark: something unexpected broke ({type(error).__name__}: {error}). {Places().log_file} has the details.",
        file=sys.stderr,
    )
    return 1
