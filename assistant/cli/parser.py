"""What `hark` understands on the command line: every command with examples, and nothing loaded for it."""

import argparse
from importlib.metadata import version
from typing import Any

DESCRIPTION = """A voice assistant that lives on your own machine, in English and Chinese.

Without a command, hark talks if there is a microphone and types if there is none."""

EXAMPLES = """examples:
  hark                                  talk, or type where there is no microphone
  hark ask "set a tea timer for 4 minutes"
  hark ask 倒计时十分钟
  hark chat                             type to it
  hark doctor                           find out why it does not hear you

Settings: hark config. Everything Hark keeps is in one folder; HARK_HOME moves it."""


class Version(argparse.Action):
    """Prints the version; looked up only when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        print(f"hark {version('hark-assistant')}")
        parser.exit()


def command_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser("hark", description=DESCRIPTION, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action=Version, nargs=0, help="print the version")
    parser.set_defaults(module="start")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for add in (talk, chat, ask, listen, understand):
        add(commands)
    return parser


def command(commands: Any, name: str, summary: str, examples: str) -> argparse.ArgumentParser:
    """Add a command with its examples."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(module=name)
    return parser


def sound_options(parser: argparse.ArgumentParser) -> None:
    """Add what chooses the wake word."""
    parser.add_argument("--no-wake", action="store_true", help="listen all the time, without a wake word")
    parser.add_argument(
        "--wake-word", metavar="WORD", help="hey_jarvis, okay_nabu, alexa, hey_mycroft, or the path of a model's .json file"
    )


def talk(commands: Any) -> None:
    """Add `hark talk`."""
    parser = command(
        commands,
        "talk",
        "talk to it: say the wake word, then what you want",
        '  hark talk                        say "hey Jarvis, set a timer for ten minutes"\n'
        "  hark talk --push-to-talk         press the space bar instead of saying the wake word\n"
        "  hark talk --wake-word okay_nabu\n"
        "  hark talk --mic USB              a microphone whose name has USB in it",
    )
    parser.add_argument("--push-to-talk", action="store_true", help="the space bar opens the microphone")
    sound_options(parser)
    parser.add_argument("--mic", metavar="NAME", help="microphone: its name or part of it (hark doctor lists them)")
    parser.add_argument("--speaker", metavar="NAME", help="speaker: its name or part of it")


def chat(commands: Any) -> None:
    """Add `hark chat`."""
    parser = command(
        commands,
        "chat",
        "type to it",
        "  hark chat\n  hark chat --speak                 and hear the replies\n  printf 'flip a coin\\n现在几点\\n' | hark chat --json",
    )
    parser.add_argument("--speak", action="store_true", help="say replies aloud")
    parser.add_argument("--json", action="store_true", help="print one JSON object per turn, as `hark ask --json` does")


def ask(commands: Any) -> None:
    """Add `hark ask`."""
    parser = command(
        commands,
        "ask",
        "one question, one answer; exit status 0 when done, 2 when not understood, 1 when it failed",
        '  hark ask what time is it\n  hark ask --json 倒计时十分钟\n  hark ask "cancel all timers" && hark ask yes',
    )
    parser.add_argument("text", nargs="+", help="what you would say")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def listen(commands: Any) -> None:
    """Add `hark listen`."""
    parser = command(
        commands,
        "listen",
        "run the voice loop on a recording instead of a microphone",
        "  hark listen question.wav\n  hark listen question.flac --fast --json\n  hark listen command.wav --no-wake --save reply.wav",
    )
    parser.add_argument("file", help="a recording: WAV, FLAC, OGG or MP3, any rate and channels")
    parser.add_argument("--fast", action="store_true", help="as fast as possible, with the same decisions in stream time")
    sound_options(parser)
    parser.add_argument("--save", metavar="FILE", help="write what Hark would have played")
    parser.add_argument("--json", action="store_true", help="print every event as one JSON line")


def understand(commands: Any) -> None:
    """Add `hark understand`."""
    parser = command(
        commands,
        "understand",
        "show what Hark would do, without doing it",
        "  hark understand set a pasta timer for 12 minutes\n  hark understand 十分钟后叫我\n"
        '  hark understand --json - < sentences.jsonl      one {"text": ..., "language": ...} a line',
    )
    parser.add_argument("text", nargs="+", help="what you would say; - reads standard input, a line each")
    parser.add_argument("--json", action="store_true", help="read JSON lines from standard input, and print one per sentence")
    parser.add_argument("--now", metavar="ISO", help="understand it as said at this moment, such as 2026-11-24T15:30")
