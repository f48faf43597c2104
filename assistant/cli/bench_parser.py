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
    for add in (
        bench_voice,
        bench_understand,
        bench_exact,
        bench_few,
        bench_llm,
        bench_home,
        bench_startup,
        bench_idle,
        bench_wake,
        bench_asr,
        bench_fuzz,
        bench_hassil,
        bench_redaction,
        bench_table,
    ):
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
    parser.add_argument("--pauses", action="store_true", help="commands with a pause of 0.4 to 1.5 s put in after one of their words")
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


def bench_few(kinds: Any) -> None:
    """Add `hark bench few`."""
    parser = bench_command(
        kinds,
        "few",
        "how well what was learnt from five or ten sentences is told apart, as a plugin's actions are",
        "  hark bench few hwu64_train.jsonl                                    the sentences that are not learnt from are tested\n"
        "  hark bench few clinc150_train.jsonl --test clinc150_val.jsonl --shots 5 10 20",
    )
    parser.add_argument("file", metavar="FILE", help='sentences to learn from, one {"text", "intent"} a line')
    parser.add_argument("--test", metavar="FILE", help="sentences to test with; those of FILE that were not learnt from when not given")
    parser.add_argument("--shots", metavar="N", type=positive, nargs="+", default=[5, 10], help="of each intent; 5 and 10 when not given")
    parser.add_argument("--repeats", metavar="N", type=positive, default=5, help="with other sentences each time; 5 when not given")
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="the same seed draws the same sentences; 1 when not given")


def bench_llm(kinds: Any) -> None:
    """Add `hark bench llm`."""
    parser = bench_command(
        kinds,
        "llm",
        "the language model's runtime beside llama-cpp-python as it comes: tool calls, answers, cancelling, being killed, memory",
        "  uv pip install gguf               makes the model files; needs the extra llm too\n"
        "  hark bench llm                    the shape of Qwen2.5-0.5B with weights of chance, some minutes\n"
        "  hark bench llm --size both --kills 50 --turns 500\n  hark bench llm --model qwen2.5-1.5b       one that you have",
    )
    parser.add_argument("--size", choices=("0.5b", "1.5b", "both"), default="0.5b", help="of Qwen2.5; 0.5b when not given")
    parser.add_argument("--model", metavar="MODEL", help="measure this model instead: its name as `hark models list` has it, or its path")
    parser.add_argument("--folder", metavar="DIR", help="where the files are made and kept; the system's cache when not given")
    parser.add_argument("--rounds", metavar="N", type=positive, default=5, help="how often each is measured; 5 when not given")
    parser.add_argument("--kills", metavar="N", type=positive, default=5, help="how often it is killed mid-token; 5 when not given")
    parser.add_argument("--turns", metavar="N", type=positive, default=40, help="over which memory is watched; 40 when not given")
    parser.add_argument("--threads", metavar="N", type=positive, default=0, help="Hark computes with; all cores when not given")


def bench_home(kinds: Any) -> None:
    """Add `hark bench home`."""
    parser = bench_command(
        kinds,
        "home",
        "whether a house ends up as it was asked to: commands carried out on a stand-in for Home Assistant",
        "  hark bench home ha_assist_mini.jsonl           what became of the house\n"
        "  hark bench home ha_tests_en.jsonl --errors 20  intent, things and values, in each sentence's own home",
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        help='one {"text", "home", "setup", "expect_changes"} a line, as home-assistant-datasets has, or "intent", "slots"',
    )
    parser.add_argument("--map", metavar="FILE", help="which actions are right for which intents; action_map.json beside the file")
    parser.add_argument("--errors", metavar="N", type=positive, default=0, help="show so many whose intent or slots went wrong")


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


def bench_wake(kinds: Any) -> None:
    """Add `hark bench wake`."""
    parser = bench_command(
        kinds,
        "wake",
        "how often the wake word is missed in noise, and how often something else is taken for it",
        "  hark bench wake                   some minutes\n  hark bench wake --minutes 180     with three hours of speech read aloud",
    )
    parser.add_argument("--clips", metavar="DIR", help="recordings with their clips.jsonl; those in Hark's source when not given")
    parser.add_argument("--word", default="hey_jarvis", help="the wake word, or the path of a model; hey_jarvis when not given")
    parser.add_argument("--threshold", type=float, default=0.5, help="belief 0..1 above which it counts; 0.5 when not given")
    parser.add_argument("--minutes", metavar="N", type=positive, default=30, help="of speech read aloud; 30 when not given")


def bench_asr(kinds: Any) -> None:
    """Add `hark bench asr`."""
    parser = bench_command(
        kinds,
        "asr",
        "how right and how quick speech recognition is: your own recordings, any model, any window",
        "  hark bench asr --clips ~/clips --model whisper-base --window 8\n"
        "  hark bench asr --engine sphinx             over the recordings in Hark's source\n"
        "  hark bench asr --true-shape base           speed on random weights, beside faster-whisper as it comes",
    )
    parser.add_argument(
        "--clips",
        metavar="DIR",
        help='recordings with {"file", "text", "language"} a line in a .jsonl, or a clips.json; those in Hark\'s source when not given',
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--model", metavar="NAME|DIR", help="a Whisper by its name, or a folder of one; yours when not given")
    which.add_argument("--engine", choices=("sphinx", "whisper"), help="the recogniser; yours when not given")
    which.add_argument("--true-shape", choices=("tiny", "base", "small"), help="measure the speed of this size on random weights")
    parser.add_argument(
        "--window", metavar="S", type=window, action="append", help="a window of so many seconds beside 30; may be repeated"
    )
    parser.add_argument("--hotwords", metavar="A,B", default="", help="names to expect, in a row of their own: whether they help")
    parser.add_argument("--threads", metavar="N", type=positive, help="processor cores to compute with; as set when not given")
    parser.add_argument("--errors", metavar="N", type=positive, default=0, help="show so many that were written otherwise")


def window(text: str) -> float:
    """Return the length of Whisper's window, in seconds."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 3 <= seconds <= 30:
        raise argparse.ArgumentTypeError(f"a window has 3 to 30 seconds, not '{text}'")
    return seconds


def bench_fuzz(kinds: Any) -> None:
    """Add `hark bench fuzz`."""
    parser = bench_command(
        kinds,
        "fuzz",
        "bad input by the thousand: nothing may raise, and nothing may take longer than 100 ms",
        "  hark bench fuzz                   20,000 inputs, half a minute\n  hark bench fuzz --inputs 1000000 --seed 7",
    )
    parser.add_argument("--inputs", metavar="N", type=positive, default=20_000, help="how many; 20000 when not given")
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="the same seed makes the same inputs; 1 when not given")


def bench_hassil(kinds: Any) -> None:
    """Add `hark bench hassil`."""
    parser = bench_command(
        kinds,
        "hassil",
        "Hark's grammar beside Home Assistant's: the same templates, the same sentences, one run",
        "  uv pip install hassil             it is no part of Hark\n  hark bench hassil\n  hark bench hassil --each 40",
    )
    parser.add_argument("--each", metavar="N", type=positive, default=20, help="sentences of each action, about; 20 when not given")


def bench_redaction(kinds: Any) -> None:
    """Add `hark bench redaction`."""
    parser = bench_command(
        kinds,
        "redaction",
        "what is found of planted secrets before a text would go to the cloud, and what is taken from ordinary sentences",
        "  hark bench redaction              a thousand secrets in each language, from Hark's source\n  hark bench redaction --errors 20",
    )
    parser.add_argument(
        "--secrets", metavar="N", type=positive, default=1000, help="secrets with a form, in each language; 1000 when not given"
    )
    parser.add_argument("--errors", metavar="N", type=positive, default=0, help="show so many that went wrong")


def bench_table(kinds: Any) -> None:
    """Add `hark bench table`."""
    parser = bench_command(
        kinds,
        "table",
        "all figures of understanding that a folder of data files gives, each with its target; some minutes",
        "  hark bench table ~/data           with action_map.json in it; files that are missing are skipped",
    )
    parser.add_argument("folder", metavar="DIR", help="the data files, by their own names: hwu64_train.jsonl, clinc150_val.jsonl, ...")
