"""What `hark wake` understands."""

from typing import Any

from assistant.callings import LANGUAGES
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
        "  hark wake add ~/words/computer.json     one more wake word, of your own; `hark wake words` shows all\n"
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
    command(verbs, "words", "what Hark is called by, and what each word selects", "  hark wake words", verb="words")
    added = command(
        verbs,
        "add",
        "listen to one more word: a built-in one, or the path of a model",
        "  hark wake add okay_nabu\n  hark wake add ~/words/computer.json              microWakeWord's description, its .tflite beside it\n"
        "  hark wake add ~/words/ni_hao.tflite --language zh --voice cmn     openWakeWord's; what follows is heard in Chinese",
        verb="add",
    )
    added.add_argument("word", metavar="WORD", help="okay_nabu, hey_jarvis, hey_mycroft, alexa, or a path")
    added.add_argument("--language", choices=LANGUAGES, help="hear, and answer, what follows this word in this language")
    added.add_argument("--voice", help="who answers then, as tts.voice_en and tts.voice_zh name voices")
    removed = command(verbs, "remove", "listen to a word no more", "  hark wake remove okay_nabu", verb="remove")
    removed.add_argument("word", metavar="WORD", help="as `hark wake words` shows it")
    command(verbs, "forget", "delete all that was kept of wakes, clips included", "  hark wake forget", verb="forget")
