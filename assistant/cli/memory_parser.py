"""What `hark memory` understands on the command line."""

from typing import Any

from assistant.cli.arguments import command, positive


def memory(commands: Any) -> None:
    """Add `hark memory` and its own commands."""
    parser = command(
        commands,
        "memory",
        "see, put right and delete what it was asked to remember",
        "  hark memory                       everything, each with its number\n  hark memory edit 3 I parked on level 4\n"
        "  hark memory delete 3",
    )
    parser.set_defaults(what=None)
    parser.add_argument("--json", action="store_true", help="print one JSON object per memory")
    kinds = parser.add_subparsers(title="what to do", metavar="WHAT", dest="what")
    edit = command(kinds, "edit", "write one anew", "  hark memory edit 3 I parked on level 4", module="memory")
    edit.add_argument("number", metavar="N", type=positive, help="its number in the list")
    edit.add_argument("text", metavar="TEXT", nargs="+", help="what to remember instead")
    delete = command(kinds, "delete", "forget one for good", "  hark memory delete 3", module="memory")
    delete.add_argument("number", metavar="N", type=positive, help="its number in the list")
