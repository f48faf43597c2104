"""What `hark` understands on the command line: every command with examples, and nothing loaded for it."""

import argparse
from typing import Any

from assistant.cli.arguments import command, positive
from assistant.cli.bench_parser import bench
from assistant.cli.calendar_parser import calendar
from assistant.cli.cloud_parser import cloud
from assistant.cli.memory_parser import memory
from assistant.cli.models_parser import models, setup
from assistant.cli.privacy_parser import privacy
from assistant.cli.wake_parser import wake

DESCRIPTION = """A voice assistant that lives on your own machine, in English and Chinese.

Without a command, hark talks if there is a microphone and types if there is none."""

EXAMPLES = """examples:
  hark                                  talk, or type where there is no microphone
  hark ask "set a tea timer for 4 minutes"
  hark ask 倒计时十分钟
  hark chat                             type to it
  hark doctor                           find out why it does not hear you
  hark --offline talk                   nothing leaves this machine, whatever is allowed

Settings: hark config. Everything Hark keeps is in one folder; HARK_HOME moves it."""


class Version(argparse.Action):
    """Prints the version; looked up only when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        """Print it and leave."""
        from importlib.metadata import version  # noqa: PLC0415 -- loads what reads mail and archives, half the time of `--help`

        print(f"hark {version('hark-assistant')}")
        parser.exit()


def command_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser("hark", description=DESCRIPTION, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action=Version, nargs=0, help="print the version")
    parser.add_argument("--offline", action="store_true", help="let nothing leave this machine, whatever is allowed; before COMMAND")
    parser.set_defaults(module="start")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for add in (
        talk,
        chat,
        ask,
        listen,
        understand,
        skills,
        home,
        calendar,
        memory,
        cloud,
        privacy,
        setup,
        models,
        eval_,
        wake,
        config,
        doctor,
        trace,
        bench,
    ):
        add(commands)
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
        "  hark chat                         /help inside tells what can be typed besides sentences\n"
        "  hark chat --speak                 and hear the replies\n"
        "  printf 'flip a coin\\n现在几点\\n' | hark chat           a line in, a line out\n"
        "  printf 'flip a coin\\n现在几点\\n' | hark chat --json    exit status 1 when one of them failed",
    )
    parser.add_argument("--speak", action="store_true", help="say replies aloud; no microphone is opened")
    parser.add_argument("--speaker", metavar="NAME", help="speaker: its name or part of it (hark doctor lists them)")
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
        "run the voice loop on a recording instead of a microphone, and do what is said in it",
        "  what the recording asks for is really done: timers are set, the volume is changed; HARK_HOME=/tmp/try keeps it from your own\n\n"
        "  hark listen question.wav\n  hark listen question.flac --fast --json\n  hark listen command.wav --no-wake --save reply.wav",
    )
    parser.add_argument("file", help="a recording: WAV, FLAC, OGG or MP3, any rate and channels")
    parser.add_argument("--fast", action="store_true", help="as fast as possible, with the same decisions in stream time")
    sound_options(parser)
    parser.add_argument("--save", metavar="FILE", help="write what Hark would have played, as WAV")
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


def eval_(commands: Any) -> None:
    """Add `hark eval`."""
    parser = command(
        commands,
        "eval",
        "see whether a language model is good enough: natural sentences through the whole of Hark, in a sandbox",
        "  hark eval                         Hark's own sentences, with the model in use; Ctrl-C prints what is done so far\n"
        "  hark eval --model none            what it understands without one\n"
        "  hark eval --model qwen2.5-1.5b --limit 200 --errors 20\n"
        "  hark eval --model http://localhost:11434 --name qwen2.5:7b\n"
        "  hark eval --set mine.jsonl --json",
    )
    parser.add_argument(
        "--set",
        metavar="FILE",
        action="append",
        default=[],
        help='sentences of your own instead, one {"text", "language", "now", "action", "slots"} a line',
    )
    parser.add_argument(
        "--model", metavar="MODEL", help="its name, the path of a GGUF file, a server's address, or none; the one in use when not given"
    )
    parser.add_argument("--name", metavar="NAME", help="which of a server's models; needed when it has several")
    parser.add_argument("--limit", metavar="N", type=positive, default=0, help="about so many sentences, spread evenly; all when not given")
    parser.add_argument("--errors", metavar="N", type=positive, default=0, help="print so many that went otherwise")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")


def skills(commands: Any) -> None:
    """Add `hark skills` and its own commands."""
    parser = command(
        commands,
        "skills",
        "what it can do, and skills of your own",
        "  hark skills                       broken ones are shown with file, line and cure\n"
        "  hark skills new tea               write a skill of your own, and its test\n"
        "  hark skills check tea.py          before you install it",
    )
    parser.set_defaults(verb="show")
    parser.add_argument("--json", action="store_true", help="print one JSON object per skill")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")
    new = command(
        verbs,
        "new",
        "write a small working skill in both languages, and its test, to go on from",
        '  hark skills new tea               into your skills folder: say "start tea" or 开始tea at once\n'
        "  hark skills new tea --into .      into this folder",
        verb="new",
    )
    new.add_argument("name", metavar="NAME", help="of the file and of the family: a word of letters, digits and _")
    new.add_argument("--into", metavar="DIR", help="the folder to write to; your skills folder when not given")
    check = command(
        verbs,
        "check",
        "check a skill file against the contract, beside the skills that are installed; exit status 1 when it breaks it",
        "  hark skills check tea.py\n  hark skills check tea.py --json    one object per problem",
        verb="check",
    )
    check.add_argument("file", metavar="FILE", help="a skill file")
    check.add_argument("--json", action="store_true", help="print one JSON object per problem")


def config(commands: Any) -> None:
    """Add `hark config` and its own commands."""
    parser = command(
        commands,
        "config",
        "show and change the settings",
        "  hark config                       every setting, its value, where that comes from, what it means\n"
        "  hark config get wake.words\n  hark config set tts.words_per_minute 190\n"
        "  hark config set wake.words hey_jarvis,okay_nabu\n  hark config unset tts.words_per_minute\n  hark config edit",
    )
    parser.set_defaults(verb="show")
    parser.add_argument("--json", action="store_true", help="print one JSON object per setting")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")
    get = command(verbs, "get", "print the value of a setting", "  hark config get wake.threshold", verb="get")
    get.add_argument("key", metavar="KEY", help="table.name, as `hark config` shows them")
    put = command(
        verbs,
        "set",
        "change a setting; it is checked first, and comments in the file stay",
        "  hark config set wake.threshold 0.9\n  hark config set wake.needed no\n"
        "  hark config set skills.disabled fun,volume     a list: with commas\n"
        "  hark config set skills.disabled ''             an empty list",
        verb="set",
    )
    put.add_argument("key", metavar="KEY", help="table.name, as `hark config` shows them")
    put.add_argument("value", metavar="VALUE", help="lists with commas; yes or no for switches")
    unset = command(verbs, "unset", "go back to the default of a setting", "  hark config unset wake.threshold", verb="unset")
    unset.add_argument("key", metavar="KEY", help="table.name, as `hark config` shows them")
    command(
        verbs,
        "edit",
        "open the settings in your editor ($VISUAL or $EDITOR); they are checked before they count",
        "  hark config edit\n  EDITOR=nano hark config edit",
        verb="edit",
    )
    command(verbs, "path", "print where the settings are", '  hark config path\n  cp backup.toml "$(hark config path)"', verb="path")


def doctor(commands: Any) -> None:
    """Add `hark doctor`."""
    parser = command(
        commands,
        "doctor",
        "find out what does not work, and how to mend it",
        "  hark doctor                       say something while it measures the microphone\n"
        "  hark doctor --play                and hear a chime\n"
        "  hark doctor --mic USB             measure the microphone whose name has USB in it\n"
        "  hark doctor --json                one object per finding; exit status 1 when something needed is broken",
    )
    parser.add_argument("--play", action="store_true", help="play a chime, not only silence, to try the speaker")
    parser.add_argument("--mic", metavar="NAME", help="microphone to measure: its name or part of it")
    parser.add_argument("--speaker", metavar="NAME", help="speaker to try: its name or part of it")
    parser.add_argument("--json", action="store_true", help="print one JSON object per finding")


def trace(commands: Any) -> None:
    """Add `hark trace`."""
    parser = command(
        commands,
        "trace",
        "draw how long each stage of the last turns took",
        "  hark trace                        the last 5\n  hark trace 1                      the last one\n"
        "  hark trace 100 --json             one object per turn, oldest first",
    )
    parser.add_argument("count", metavar="N", nargs="?", type=positive, default=5, help="how many turns; 5 when not given")
    parser.add_argument("--json", action="store_true", help="print one JSON object per turn")


def home(commands: Any) -> None:
    """Add `hark home` and its own commands."""
    parser = command(
        commands,
        "home",
        "the lights, blinds and everything else that Home Assistant knows",
        "  hark home                         what is connected, room by room\n"
        "  hark home connect homeassistant.local\n"
        '  hark ask "turn off all the lights downstairs"',
    )
    parser.set_defaults(verb="status")
    parser.add_argument("--json", action="store_true", help="print one JSON object per thing")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")
    connect = command(
        verbs,
        "connect",
        "connect Home Assistant; nothing is changed when the address or the token does not work",
        "  hark home connect                 at http://homeassistant.local:8123\n"
        "  hark home connect 192.168.1.20\n"
        "  hark home connect https://home.example.org\n"
        "  hark home connect 192.168.1.20 < token.txt     the token from a file instead of the terminal",
        verb="connect",
    )
    connect.add_argument("url", metavar="ADDRESS", nargs="?", default="homeassistant.local", help="where it answers in a browser")
    command(verbs, "forget", "forget the address and the token", "  hark home forget", verb="forget")
