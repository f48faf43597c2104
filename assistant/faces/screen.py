"""Where text goes: colours and the terminal's width on a terminal, plain lines of a fixed width anywhere else."""

import os

from rich.console import Console, RenderableType

PIPED_WIDTH = 140
"""Characters; what is piped is searched and paged, not looked at side by side."""


def screen(*, stderr: bool = False) -> Console:
    """Return the console of this command, on standard output or standard error; NO_COLOR and COLUMNS are respected."""
    console = Console(highlight=False, stderr=stderr)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPED_WIDTH
    return console


def show(picture: RenderableType, console: Console | None = None) -> None:
    """Print a table or another picture, on the console that a spinner turns on if one does; no blanks at line ends in a pipe."""
    console = console or screen()
    if console.is_terminal:
        console.print(picture, crop=False)
        return
    with console.capture() as captured:
        console.print(picture, crop=False)
    print("\n".join(line.rstrip() for line in captured.get().splitlines()))  # noqa: T201 -- a face prints
