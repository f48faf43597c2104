"""A skill to begin with: small, useful at once, in both languages, with a way back and a test."""

import keyword
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant.contract import problems
from assistant.errors import HarkError
from assistant.plugins import Family

SKILL = '''"""{title}: how long it takes, and a ring when it is over."""

from datetime import timedelta

from assistant.skill import Context, Reply, action, inverse

USUAL = timedelta(minutes=5)
"""How long it takes when nobody says."""


@action(
    en=["start {words} [for {{duration}}]", "{words} for {{duration}}"],
    zh=["开始{words}[{{duration}}]", "{words}{{duration}}"],
)
async def start(ctx: Context, duration: timedelta = USUAL) -> Reply:
    """Start {words}, and ring when it is over.

    Args:
        duration: How long it takes.
    """
    timer = await ctx.schedule(duration, "{words}")
    said = ctx.say(duration)
    return Reply(
        en=f"{title} for {{said}}, starting now.",
        zh=f"{words}开始，{{said}}后响铃。",
        undo=cancel(number=timer.id),
    )


@inverse
async def cancel(ctx: Context, number: int) -> None:
    """Take it back: the timer is gone."""
    await ctx.timers.remove(number)
'''

TEST = '''"""What {name}.py promises."""

import asyncio
from datetime import timedelta
from pathlib import Path

from assistant.contract import problems
from assistant.plugins import load_families, load_file
from assistant.testing import FakeContext, take_back

FILE = Path(__file__).parents[1] / "{name}.py"
START = load_file(FILE).actions["{name}.start"]


def test_it_keeps_the_contract_beside_the_other_skills():
    assert [str(problem) for problem in problems(FILE, load_families())] == []


def test_it_rings_after_the_usual_time_unless_another_was_said():
    for slots, minutes in (({{}}, 5), ({{"duration": timedelta(minutes=2)}}, 2)):
        ctx = FakeContext("zh")
        reply = asyncio.run(START(ctx, **slots))
        assert str(minutes) in reply.zh
        [timer] = asyncio.run(ctx.timers.all())
        assert (timer.label, timer.duration) == ("{words}", timedelta(minutes=minutes))


def test_undo_takes_it_back():
    ctx = FakeContext()
    reply = asyncio.run(START(ctx))
    asyncio.run(take_back(ctx, reply.undo))
    assert asyncio.run(ctx.timers.all()) == []
'''


class CannotWrite(HarkError):
    """A new skill would not work under that name or in that place; nothing was written."""

    status = 2


def write_skill(name: str, folder: Path, families: Sequence[Family]) -> tuple[Path, Path]:
    """Write a skill and its test, and return their paths. Raises CannotWrite with what would do."""
    skill, test = folder / f"{name}.py", folder / "tests" / f"test_{name}.py"
    refuse_bad_name(name, skill, test, families)
    words = name.replace("_", " ").strip()
    title = words[:1].upper() + words[1:]
    try_out(SKILL.format(title=title, words=words), name, families)
    try:
        test.parent.mkdir(parents=True, exist_ok=True)
        skill.write_text(SKILL.format(title=title, words=words), encoding="utf-8")
        test.write_text(TEST.format(name=name, words=words), encoding="utf-8")
    except OSError as error:
        raise CannotWrite(f"{folder} cannot be written: {error.strerror}. Give another folder with --into.") from error
    return skill, test


def refuse_bad_name(name: str, skill: Path, test: Path, families: Sequence[Family]) -> None:
    """Raise CannotWrite for a name that no file or family can have."""
    if not name.isidentifier() or keyword.iskeyword(name) or name != name.casefold() or name.startswith("_"):
        raise CannotWrite(f"'{name}' is no name for a skill. Take a word of small letters, digits and _, such as tea or my_garden.")
    taken = next((family for family in families if family.name == name), None)
    if taken:
        raise CannotWrite(f"The name '{name}' is taken by {taken.origin}. Take another; `hark skills` shows those that are there.")
    for path in (skill, test):
        if path.exists():
            raise CannotWrite(f"{path} is there already. Take another name, or move it away.")


def try_out(text: str, name: str, families: Sequence[Family]) -> None:
    """Raise CannotWrite when the name's own sentences mean something else already, as those of "timer" would."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / f"{name}.py"
        draft.write_text(text, encoding="utf-8")
        found = problems(draft, families)
    if found:
        _, _, why = found[0].text.partition("': ")
        raise CannotWrite(f"A skill called '{name}' would not work: {why} So take another name.")
