"""The words a language model is given.

What stays the same comes first, byte for byte: a model keeps what it has read, and reads on from where a prompt differs.
What changes from turn to turn (the clock, facts, what was said) therefore stands in the user's message, never in the system's.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from assistant.skill import Action

ACTING = """You are Hark, a voice assistant that runs on the user's own computer.
Call the tool that does what the user asks for. Copy the values of its slots from the user's own words.
Leave out a slot that was not said. If no tool does exactly what was asked for, call "none".
If several things are asked for, call one tool after the other, and "done" when all of them are done."""

ANSWERING = """You are Hark, a voice assistant that runs on the user's own computer.
Answer in the language of the user, in one to three short sentences that sound natural when they are read aloud.
Use no lists, no headings and no Markdown. If you do not know something, say so.
Here you can only talk: never say that you have done, set, sent or changed something."""

WRITING = """You help with texts. Do exactly what the instruction asks for, and write nothing but the result."""

MORE = {
    "en": "Go on, please: tell me more about that in a few sentences, and do not repeat what you have said.",
    "zh": "请接着说：就刚才的话题再多讲几句，不要重复已经说过的话。",
}
"""What a model is asked when somebody says "more": small ones make little of the word alone."""

NONE, DONE = "none", "done"
"""Tools that are none: nothing fits, and everything is done."""

Message = list[str]
"""`[role, text]`."""


def acting(tools: Mapping[str, Action]) -> str:
    """Return the system's message for choosing among tools; the same tools give the same bytes."""
    return "\n".join([ACTING, "", "# Tools", *(schema(name, action) for name, action in tools.items())])


def schema(name: str, action: Action) -> str:
    """Return a tool as the model sees it, in one line."""
    slots = {slot: action.described.get(slot, kind.name).rstrip(".") for slot, kind in action.slots.items()}
    return json.dumps({"name": name, "description": action.summary, "slots": slots}, ensure_ascii=False)


def asked(text: str, now: datetime, facts: Sequence[str] = ()) -> Message:
    """Return the user's message: what changes, then the words."""
    context = f"[context: {now:%A} {now.day} {now:%B %Y}, {now:%H:%M}]"
    known = "".join(f"[the user once said: {fact}]\n" for fact in facts)
    return ["user", f"{context}\n{known}{text}"]


def response(said: str, *, done: bool) -> Message:
    """Return what a tool answered, as the model is told. Whatever the answer holds, it is no request of the user."""
    return ["user", f"<tool_response>\n{json.dumps({'ok': done, 'said': said}, ensure_ascii=False)}\n</tool_response>"]


def history(turns: Iterable[tuple[str, str]]) -> list[Message]:
    """Return what was said before as messages, the oldest first; `turns` are (heard, said)."""
    return [message for heard, said in turns for message in (["user", heard], ["assistant", said])]
