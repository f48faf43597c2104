"""What `hark wake` understands."""

from typing import Any

from assistant.cli.arguments import command, positive


def wake(commands: Any) -> None:
    """Add `hark wake` and its own commands."""
    parser = command(
        commands,
        "wake",
        "how often it woke for nothing or missed you in this room, and what to do about it",
        "  hark wake                         wakes, misses and near misses so far\n"
        "  hark wake fit                     the threshold that would have made the fewest mistakes; asks before it sets it\n"
        '  say "that wasn\'t for you" or "you missed me" when it happens: that is what the fit learns from\n'
        "  hark config set wake.keep_clips yes      keep the sound of each suspicion, to listen to",
    )
    parser.set_defaults(verb="status")
    parser.add_argument("--json", action="store_true", help="print one JSON object per suspicion")
    parser.add_argument("--count", type=positive, default=12, metavar="N", help="show so many of the last suspicions (default 12)")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")
    fit = command(
        verbs,
        "fit",
        "find the threshold that suits this room, from what happened so far",
        "  hark wake fit\n  hark wake fit --yes               without asking",
        verb="fit",
    )
    fit.add_argument("--yes", action="store_true", help="set it without asking")
    command(verbs, "forget", "delete all that was kept of wakes, clips included", "  hark wake forget", verb="forget")
