"""What `hark bench` understands on the command line."""

import argparse
from typing import Any

from assistant.cli.arguments import command, positive


def bench(commands: Any) -> None:
    """Add `hark bench`."""
    parser = command(
        commands,
        "bench",
        "measure it on this machine",
        "  hark bench voice                  from your last word to its first sound, over recorded commands\n"
        "  hark bench understand             milliseconds a sentence\n  hark bench startup                until it can be spoken to\n"
        "  hark bench idle --json            what waiting costs",
    )
    kinds = parser.add_subparsers(title="what to measure", metavar="WHAT", dest="what", required=True)
    for add in (bench_voice, bench_understand, bench_exact, bench_home, bench_startup, bench_idle):
        add(kinds)


def bench_command(kinds: Any, name: str, summary: str, examples: str) -> argparse.ArgumentParser:
    """Add one benchmark."""
    parser = command(kinds, name, summary, examples, module="bench")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def bench_voice(kinds: Any) -> None:
    """Add `hark bench voice`."""
    parser = bench_command(
        kinds,
        "voice",
        "spoken commands through the voice loop: wake word, understanding, and the time to the first sound of the reply",
        "  hark bench voice                  takes ten minutes, as the clips come in at the pace of real time\n"
        "  hark bench voice --fast           a minute or two, with the same decisions\n  hark bench voice --only hesitant",
    )
    parser.add_argument("--clips", metavar="DIR", help="recordings with their clips.jsonl; those in Hark's source when not given")
    parser.add_argument("--only", metavar="TEXT", help="clips of this kind, or with this in their file name")
    parser.add_argument("--fast", action="store_true", help="as fast as possible, with the same decisions in stream time")
    parser.add_argument("--mine", action="store_true", help="with your settings and engines instead of the built-in ones")


def bench_understand(kinds: Any) -> None:
    """Add `hark bench understand`."""
    parser = bench_command(
        kinds,
        "understand",
        "what a sentence costs to understand, and how often natural ones reach the right action",
        "  hark bench understand\n  hark bench understand hwu64_train.jsonl --map action_map.json --errors 20",
    )
    parser.add_argument("files", metavar="FILE", nargs="*", help='natural sentences, one {"text", "lang", "intent"} a line')
    parser.add_argument("--map", metavar="FILE", help="which actions are right for which intents; action_map.json beside the file")
    parser.add_argument("--limit", metavar="N", type=positive, default=0, help="about so many of each file; all when not given")
    parser.add_argument("--errors", metavar="N", type=positive, default=0, help="show so many that went wrong")


def bench_exact(kinds: Any) -> None:
    """Add `hark bench exact`."""
    parser = bench_command(
        kinds,
        "exact",
        "how often natural commands are understood exactly, action and slots",
        "  hark bench exact tests/understanding/natural/*.jsonl --errors 20",
    )
    parser.add_argument("files", metavar="FILE", nargs="+", help='one {"text", "language", "now", "action", "slots"} a line')
    parser.add_argument("--errors", metavar="N", type=positive, default=0, help="show so many that went wrong")


def bench_home(kinds: Any) -> None:
    """Add `hark bench home`."""
    parser = bench_command(
        kinds,
        "home",
        "whether a house ends up as it was asked to: commands carried out on a stand-in for Home Assistant",
        "  hark bench home ha_assist_mini.jsonl",
    )
    parser.add_argument(
        "file", metavar="FILE", help='one {"text", "home", "setup", "expect_changes"} a line, as home-assistant-datasets has'
    )


def bench_startup(kinds: Any) -> None:
    """Add `hark bench startup`."""
    parser = bench_command(
        kinds,
        "startup",
        "how long whole processes take, until they end or can be spoken to",
        "  hark bench startup\n  hark bench startup --runs 30",
    )
    parser.add_argument(
        "--runs", metavar="N", type=positive, default=10, help="how often each is started, after once to warm up; 10 when not given"
    )


def bench_idle(kinds: Any) -> None:
    """Add `hark bench idle`."""
    parser = bench_command(
        kinds,
        "idle",
        "processor and memory while it waits for the wake word (Linux)",
        "  hark bench idle                   with a recording of a quiet room\n  hark bench idle --live --seconds 60",
    )
    parser.add_argument("--seconds", metavar="N", type=positive, default=20, help="how long to watch; 20 when not given")
    parser.add_argument("--live", action="store_true", help="with this machine's microphone")
