"""What `hark cloud` understands on the command line."""

import argparse
from typing import Any

from assistant.cli.arguments import command


def cloud(commands: Any) -> None:
    """Add `hark cloud` and its own commands."""
    parser = command(
        commands,
        "cloud",
        "whom hard questions may be put to; nothing is sent before you have said yes to it",
        "  hark cloud use dashscope --region singapore\n"
        "  hark cloud key                    takes the key, which is not shown\n"
        "  hark cloud test\n"
        "  hark chat                         and then: ask the cloud why the sky is blue",
        module="cloud",
        verb="status",
    )
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")
    use = own(
        verbs,
        "use",
        "choose a provider, or an address of your own; nothing is sent",
        "  hark cloud use dashscope --region china --model qwen-max\n  hark cloud use deepseek\n"
        "  hark cloud use --url https://llm.example.org/v1 --model qwen3",
    )
    use.add_argument("provider", metavar="PROVIDER", nargs="?", default="", help="dashscope, deepseek or openai; left out with --url")
    use.add_argument("--region", default="", help="where what is sent is kept; dashscope has china, singapore and us")
    use.add_argument("--model", default="", help="the provider's name of a model, such as qwen-max; its usual one when not given")
    use.add_argument("--url", default="", help="the address of another OpenAI-compatible interface, up to /v1")
    own(verbs, "key", "keep the key of the provider in the system's keyring", "  hark cloud key\n  hark cloud key < key.txt")
    own(verbs, "status", "print who is set up, where that is, and what it costs", "  hark cloud status")
    own(verbs, "test", "ask one harmless question, which is shown", "  hark cloud test")
    own(verbs, "off", "ask nobody any more, and forget the key", "  hark cloud off")
    topics(verbs)


def topics(verbs: Any) -> None:
    """Add the command that shows what was decided about topics; also under `hark privacy`."""
    parser = own(
        verbs,
        "topics",
        "show for which topics the cloud is always, never, or only on request asked; forget one",
        "  hark cloud topics\n  hark cloud topics --forget cooking",
    )
    parser.add_argument("--forget", metavar="TOPIC", help="ask me again about this one; 'all' is what holds for everything else")


def own(verbs: Any, name: str, summary: str, examples: str) -> argparse.ArgumentParser:
    """Add a command that `hark cloud` carries out."""
    return command(verbs, name, summary, examples, module="cloud", verb=name)
