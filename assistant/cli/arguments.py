"""What every command of the command line is added with."""

import argparse
from typing import Any


def command(commands: Any, name: str, summary: str, examples: str, **defaults: str) -> argparse.ArgumentParser:
    """Add a command with its examples; `defaults` say who runs it, its own module when there are none."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(**(defaults or {"module": name}))
    return parser


def positive(text: str) -> int:
    """Return a count of at least one."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no count: give 1 or more")
    return int(text)
