"""What the documentation shows is what happens: snippets are loaded, conversations held, commands parsed, settings and files looked up."""

import ast
import importlib
import json
import re
import shlex
import sqlite3
import sys
import tomllib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal, Protocol

import pytest

from assistant.app import open_app
from assistant.cli.parser import command_parser
from assistant.clock import VirtualClock
from assistant.completeness import completeness
from assistant.config import Config, Places, keys
from assistant.grammar import Grammar, rule_of
from assistant.plugins import GROUP, load_families, load_file
from assistant.settings import known_key, value_from, value_of, written
from assistant.skill import Context, Days, Level, Moment, Percent, Repeat
from assistant.slots import Env, type_of
from assistant.store import Store
from assistant.template import parse_template, slots_in
from assistant.understanding import Understanding, remembering
from assistant.vocabulary import Failed, Saying, Transcript
from assistant.words import language_of, split_words

ROOT = Path(__file__).parents[2]

FILES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md", ROOT / "README.md"]

PAGES = {path.name: path.read_text("utf-8") for path in FILES}

MONDAY = datetime.fromisoformat("2026-11-23T15:00:00+01:00")
"""The day on which the conversations of the documentation take place."""

FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks(page, *kinds):
    """Return the fenced blocks of a page as (kind, text)."""
    return [(kind, text) for kind, text in FENCED.findall(PAGES[page]) if kind in kinds]


def inline(page):
    """Return what a page sets in code type within its lines; templates and the like inside tables as well."""
    return [code.replace("\\|", "|") for code in re.findall(r"`([^`\n]+)`", FENCED.sub("", PAGES[page]))]


def table(page, heading):
    """Return the rows of the table that begins with this heading."""
    _, found, rest = PAGES[page].partition(f"| {heading} |")
    assert found, f"no table '{heading}' in {page}"
    rows = rest.split("\n\n")[0].splitlines()[2:]
    return [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]


def merged(source, block):
    """Return a file with a block put in as the tutorial says: imports on top, what is there already replaced, the rest below."""
    parts = {}
    for text in (source, block):
        for node in ast.parse(text).body:
            named = getattr(node, "name", None) or (node.targets[0].id if isinstance(node, ast.Assign) else None)
            first = min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
            parts[named or ast.unparse(node)] = (named is not None, "\n".join(text.splitlines()[first - 1 : node.end_lineno]))
    return "\n\n".join(text for _, text in sorted(parts.values(), key=lambda part: part[0])) + "\n"


async def hold(app, transcript):
    """Say the lines of a transcript that begin with > and compare what is answered with those below each."""
    answers = []
    for line in transcript.splitlines():
        if line.startswith("> "):
            answers = [
                event async for event in app.brain.respond(Transcript(line[2:], language_of(line))) if isinstance(event, Saying | Failed)
            ]
            continue
        assert answers, f"nothing more is answered, but there is: {line}"
        event = answers.pop(0)
        assert isinstance(event, Saying), event
        assert event.text == line.strip()


async def test_the_tutorial_grows_a_skill_that_talks_as_shown(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # steps may be written within a second, which its cache does not notice
    file = tmp_path / "skills" / "plants.py"
    file.parent.mkdir()
    source, said = "", 0
    app = None
    for kind, text in blocks("skills.md", "python", "text"):
        if kind == "python":
            assert text.startswith("# plants.py\n"), text
            source = merged(source, text)
            file.write_text(source, encoding="utf-8")
            continue
        family = load_file(file)
        assert family.status == "ready", family.problem
        app = open_app(Places(str(tmp_path)), Config(), VirtualClock(MONDAY))
        try:
            await hold(app, text)
        finally:
            app.close()
        said += text.count("> ")
    assert said > 20


def test_the_tutorial_ends_in_what_it_promised(tmp_path):
    source = ""
    for _, text in blocks("skills.md", "python"):
        source = merged(source, text)
    file = tmp_path / "plants.py"
    file.write_text(source, encoding="utf-8")
    family = load_file(file)
    assert set(family.actions) == {f"plants.{verb}" for verb in ("advice", "watered", "known", "forget", "last")}
    assert set(family.inverses) == {"put_back"}


async def test_the_conversation_in_the_readme_is_a_real_one(tmp_path):
    (_, text), *others = blocks("README.md", "text")
    assert not others
    app = open_app(Places(str(tmp_path)), Config(), VirtualClock(MONDAY))
    try:
        await hold(app, text)
    finally:
        app.close()


async def test_the_skill_in_the_readme_works(tmp_path):
    (_, text), *others = blocks("README.md", "python")
    assert not others
    file = tmp_path / "skills" / "plants.py"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    assert load_file(file).problem == ""
    app = open_app(Places(str(tmp_path)), Config(), VirtualClock(MONDAY))
    try:
        await hold(app, "> the fern needs water\n  I noted that the fern has been watered.\n> 给蕨浇水\n  记下了，蕨浇过水了。")
    finally:
        app.close()


TYPES = {"label": type_of(str), "duration": type_of(timedelta), "all": type_of(bool)}


@pytest.mark.parametrize("row", table("skills.md", "template"), ids=lambda row: row[0])
def test_a_template_understands_what_its_row_says_and_no_more(row):
    node = parse_template(row[0].strip("`"))
    grammar = Grammar([rule_of("the.action", node, {name: TYPES[name] for name in slots_in(node)}, 0)])

    def understood(text):
        words = split_words(text)
        return bool(grammar.read(words, remembering(words, Env(text, MONDAY, language_of(text)))))

    assert [text for text in row[1].split("; ") if not understood(text)] == []
    assert [text for text in row[2].split("; ") if understood(text)] == []


KINDS = (timedelta, date, time, Moment, Days, Repeat, int, float, str, list, Percent, Level)
NAMES = {kind.__name__: kind for kind in KINDS} | {"Literal": Literal}


@pytest.mark.parametrize("row", table("skills.md", "annotation"), ids=lambda row: f"{row[0]} {row[1]}")
def test_a_slot_type_finds_what_its_row_says_in_both_languages(row):
    annotation, english, chinese, value = row
    kind = type_of(eval(annotation.strip("`"), NAMES))  # noqa: S307 -- our own page
    values = (value.split(" / ") * 2)[:2]
    for text, language, value in zip((english, chinese), ("en", "zh"), values, strict=True):
        words = split_words(text)
        found = max(kind.find(words, 0, Env(text, MONDAY, language)), key=lambda span: span.end)
        assert found.end == len(words), text
        as_json = kind.to_json(found.value)
        assert (float(as_json) if isinstance(as_json, Decimal) else as_json) == json.loads(value.strip("`")), text


def test_every_slot_type_has_a_row():
    with pytest.raises(Exception, match="There are: ") as caught:
        type_of(Protocol)
    kinds = str(caught.value).partition("There are: ")[2].rstrip(".").split(", ")
    missing = [kind for kind in kinds if f"`{kind.partition('[')[0]}" not in PAGES["skills.md"]]
    assert missing == []


def test_the_context_is_described_whole():
    told = {name.partition("(")[0] for row in table("skills.md", "`ctx.`") for name in re.findall(r"`(.+?)`", row[0])}
    there = {name for name in {*vars(Context), *Context.__annotations__} if not name.startswith("_")}
    assert told == there


def test_the_entry_point_group_is_the_one_that_is_loaded():
    (_, text), *_ = blocks("skills.md", "toml")
    assert list(tomllib.loads(text)["project"]["entry-points"]) == [GROUP]


def command_lines():
    """Yield each `hark ...` of all pages."""
    for page, text in PAGES.items():
        shown = [line for _, block in FENCED.findall(text) for line in block.splitlines()]
        shown += re.findall(r"^    (.+)$", FENCED.sub("", text), re.MULTILINE)
        for line in [*shown, *inline(page)]:
            for part in re.split(r" && | \| | > | < ", line.strip().removeprefix("$ ")):
                command = re.sub(r"^(\w+=\S+ )*(uv run )?", "", part)
                if command == "hark" or command.startswith("hark "):
                    yield page, re.split(r"\s{3,}", command)[0]


def options(parser):
    """Return every option of a parser and of the commands in it; argparse takes their beginnings for them."""
    own = {option for action in parser._actions for option in action.option_strings}
    inner = [each for action in parser._actions if isinstance(action.choices, dict) for each in action.choices.values()]
    return own.union(*map(options, inner))


@pytest.mark.parametrize(("page", "command"), sorted(set(command_lines())))
def test_every_command_line_shown_is_one(page, command):
    arguments = shlex.split(command, comments=True)[1:]
    assert {argument for argument in arguments if argument.startswith("--")} <= options(command_parser()), page
    if "--help" in arguments or "--version" in arguments:
        arguments = [argument for argument in arguments if not argument.startswith("--")]
    args = command_parser().parse_args(arguments)
    if args.module == "config" and args.verb in {"get", "set", "unset"}:
        known_key(args.key)
    if args.module == "config" and args.verb == "set":
        value_from(args.key, args.value)


def test_there_are_command_lines_to_check():
    assert len(set(command_lines())) > 25


TABLES = {key.partition(".")[0] for key in keys()}


@pytest.mark.parametrize("page", PAGES)
def test_every_setting_named_is_one(page):
    named = {code for code in inline(page) if re.fullmatch(rf"({'|'.join(TABLES)})\.[a-z_]+", code)}
    modules = {name for name in named if (ROOT / name.replace(".", "/")).with_suffix(".py").is_file()}
    assert named - modules <= set(keys())


def test_every_setting_of_listening_is_explained_with_its_default():
    rows = {row[0].strip("`"): row[1].strip("`") for row in table("turn-taking.md", "setting")}
    assert rows == {key: written(value_of(Config(), key)) for key in rows}
    assert {key for key in keys() if key.startswith(("wake.", "listen."))} <= set(rows)


@pytest.fixture(scope="module")
def understanding():
    return Understanding(load_families())


@pytest.mark.parametrize("row", table("turn-taking.md", "the words so far"), ids=lambda row: row[0])
def test_patience_depends_on_the_words_as_shown(row, understanding):
    said = re.match('"(.+?)"', row[1])[1]
    found = completeness(understanding, Transcript(said, "en"), MONDAY)
    assert row[2] == f"`listen.{found.value}_s`"


def test_every_figure_of_the_architecture_is_the_one_in_the_code():
    rows = table("architecture.md", "what is waited for")
    assert len(rows) > 8
    for what, figure, where in rows:
        path, name = re.fullmatch(r"`(.+?)`: `(.+?)`", where).groups()
        value = getattr(importlib.import_module(path.removesuffix(".py").replace("/", ".")), name)
        shown = [float(number) for number in re.findall(r"[\d.]+", figure)]
        assert shown == (list(value) if isinstance(value, tuple) else [value]), what


FOLDERS = ("assistant", "audio", "models", "skills", "tests", "docs", ".ci")


@pytest.mark.parametrize("page", PAGES)
def test_every_file_named_is_there(page):
    home = ROOT if (ROOT / page).is_file() else ROOT / "docs"
    named = {ROOT / code for code in inline(page) if re.fullmatch(rf"({'|'.join(map(re.escape, FOLDERS))})/[\w./-]*", code)}
    linked = {home / link.partition("#")[0] for link in re.findall(r"\]\(([^)#]\S*?)\)", PAGES[page]) if "://" not in link}
    ignored = {ROOT / "skills/"}  # also the name of a folder in HARK_HOME
    assert {path for path in named | linked - ignored if not path.is_file() and not (path.is_dir() and any(path.iterdir()))} == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_link_to_a_heading_has_one(page):
    for target, anchor in re.findall(r"\]\(([^)#\s]*)#([^)]+)\)", PAGES[page]):
        text = PAGES[Path(target).name] if target else PAGES[page]
        headings = re.findall(r"^#+ (.+)$", FENCED.sub("", text), re.MULTILINE)
        assert anchor in {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}, f"{target}#{anchor}"


def test_what_hark_keeps_is_listed(tmp_path):
    places = Places(str(tmp_path))
    names = {path.name for path in (places.config_file, places.store_file, places.log_file, places.watch_file, places.skills)}
    for module in (ROOT / "assistant").rglob("*.py"):
        names |= set(re.findall(r"places\.data / \"(.+?)\"", module.read_text("utf-8")))
    assert {(page, name) for page in ("architecture.md", "privacy.md") for name in names if f"`{name}" not in PAGES[page]} == set()


def test_every_table_of_the_database_is_accounted_for(tmp_path):
    store = Store(tmp_path / "hark.db")
    there = {row["name"] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")}
    store.close()
    assert {row[0].strip("`") for row in table("privacy.md", "table")} == there


def files_with(words, folder):
    return [path.name for path in folder.iterdir() if path.is_file() and words in path.read_bytes()]


async def test_what_is_said_to_be_deleted_is_gone_from_the_disk(tmp_path):
    app = open_app(Places(str(tmp_path)), Config(), VirtualClock(MONDAY))
    said = Transcript("set a zanzibar timer for ten minutes", "en")
    assert [event async for event in app.brain.respond(said)]
    app.close()
    assert files_with(b"zanzibar", tmp_path)
    look, delete = (text for _, text in blocks("privacy.md", "sql"))
    with sqlite3.connect(tmp_path / "hark.db", isolation_level=None) as database:
        assert database.execute(look).fetchall() == []
        for statement in filter(str.strip, delete.split(";")):
            database.execute(statement)
    database.close()
    assert files_with(b"zanzibar", tmp_path) == []


def test_the_online_voice_goes_where_the_page_says():
    from audio.tts.edge import HOST  # noqa: PLC0415 -- a second of imports that only this test needs

    assert f"`{HOST}`" in PAGES["privacy.md"]


@pytest.mark.parametrize("page", PAGES)
def test_no_machine_and_no_registry_is_named(page):
    assert not re.search(r"/work/|/home/\w|/root/|pypi|pythonhosted|registry\.", PAGES[page], re.IGNORECASE)
