"""`hark models` and `hark setup` on the command line."""

import argparse
from typing import Any

from assistant.cli.arguments import command


def mirror(parser: argparse.ArgumentParser) -> None:
    """Add where models come from."""
    parser.add_argument(
        "--mirror", metavar="HUB", default="huggingface", help="huggingface (the default), hf-mirror (within mainland China), or an address"
    )


def setup(commands: Any) -> None:
    """Add `hark setup`."""
    parser = command(
        commands,
        "setup",
        "look at this machine and fetch the models that suit it",
        "  hark setup                       proposes, says how large it is, and asks\n"
        "  hark setup --lite                the smallest that help\n"
        "  hark setup --yes --mirror hf-mirror",
    )
    parser.add_argument("--yes", "-y", action="store_true", help="do not ask")
    parser.add_argument("--lite", action="store_true", help="the smallest models that help")
    mirror(parser)


def models(commands: Any) -> None:
    """Add `hark models`."""
    parser = command(
        commands,
        "models",
        "the language models, recognisers and voices that can be fetched",
        "  hark models                      what there is, and what is here\n"
        "  hark models pull qwen2.5-1.5b    fetch it; goes on where it broke off\n"
        "  hark models use qwen2.5-1.5b     answer with it from now on\n"
        "  hark models use ~/my.gguf        any GGUF file of a Qwen\n"
        "  hark models verify               read every byte and compare\n"
        "  hark models rm qwen2.5-1.5b",
        module="models",
        verb="list",
    )
    parser.add_argument("--json", action="store_true", help="a line of JSON for each")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")
    command(verbs, "list", "show what there is, and what is here", "  hark models list", module="models", verb="list")
    pull = command(verbs, "pull", "fetch models", "  hark models pull whisper-base piper-huayan", module="models", verb="pull")
    pull.add_argument("ids", nargs="+", metavar="MODEL")
    pull.add_argument("--use", action="store_true", help="and use them from now on")
    mirror(pull)
    use = command(
        verbs,
        "use",
        "use a model from now on",
        "  hark models use qwen2.5-1.5b\n"
        "  hark models use http://localhost:11434 --name qwen2.5:7b     Ollama on this machine\n"
        "  hark models use http://192.168.1.5:8000 --key                vLLM in the next room, which wants a key\n"
        "  hark models use none                                         no language model",
        module="models",
        verb="use",
    )
    use.add_argument("id", metavar="MODEL", help="its name, the path of a GGUF file, the address of an OpenAI-compatible server, or 'none'")
    use.add_argument("--name", metavar="NAME", help="which of a server's models; needed when it has several")
    use.add_argument("--key", action="store_true", help="ask for the server's key, or read it from a pipe")
    remove = command(verbs, "rm", "delete models from this machine", "  hark models rm qwen2.5-0.5b", module="models", verb="rm")
    remove.add_argument("ids", nargs="+", metavar="MODEL")
    verify = command(verbs, "verify", "read models byte by byte and compare", "  hark models verify", module="models", verb="verify")
    verify.add_argument("ids", nargs="*", metavar="MODEL", help="all that are here when none is named")
