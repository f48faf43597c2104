"""Whether a house ends up as it was asked to: commands from a file, carried out by the whole conversation on a stand-in for Home Assistant.

A row of the file is what home-assistant-datasets has: `text`, `lang`, `home` with areas and entities, `setup` and `expect_changes`.
"""

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.app import App, open_app
from assistant.bench.house import House
from assistant.bench.house_server import HouseServer, serving
from assistant.bench.spread import Count
from assistant.config import Config, Places
from assistant.house.api import FAMILY, Api
from assistant.house.connected import ConnectedHouse
from assistant.things import Thing
from assistant.vocabulary import Finished, Transcript, Turn


@dataclass(frozen=True, slots=True)
class Miss:
    """A command after which the house was not as expected."""

    text: str
    action: str | None
    said: str


@dataclass(frozen=True, slots=True)
class HomeReport:
    """How the commands of a file ended."""

    file: str
    right: Count
    by_category: dict[str, Count]
    misses: tuple[Miss, ...]


def read_rows(file: Path) -> list[dict[str, Any]]:
    """Return the rows of a file. Raises OSError or ValueError for what is no such file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


async def measure(file: str, rows: Sequence[Mapping[str, Any]], tell: Callable[[], None] = lambda: None) -> HomeReport:
    """Carry out every row on its own house and compare."""
    verdicts: list[tuple[str, bool]] = []
    misses: list[Miss] = []
    with tempfile.TemporaryDirectory(prefix="hark-bench-") as folder:
        for number, row in enumerate(rows):
            turn, right = await carried_out(row, Path(folder) / str(number))
            verdicts.append((str(row.get("category", "")), right))
            if not right:
                misses.append(Miss(row["text"], turn.intent.action if turn.intent else None, turn.said))
            tell()
    categories = sorted({name for name, _ in verdicts})
    return HomeReport(
        file,
        Count(sum(right for _, right in verdicts), len(verdicts)),
        {name: counted([right for other, right in verdicts if other == name]) for name in categories},
        tuple(misses),
    )


def counted(verdicts: Sequence[bool]) -> Count:
    """Return how many are true."""
    return Count(sum(verdicts), len(verdicts))


async def carried_out(row: Mapping[str, Any], folder: Path) -> tuple[Turn, bool]:
    """Say a row's command, and yes if that is asked; tell whether the house is as expected."""
    house = House(things_of(row["home"]))
    for thing, start in (row.get("setup") or {}).items():
        house.put(thing, start.get("state"), **(start.get("attributes") or {}))
    before = house.snapshot()
    async with serving(house) as server:
        app = connected_app(server, folder)
        try:
            turn = await say(app, row["text"], row.get("lang", "en"))
            if turn.asks == "yes":
                turn = await say(app, "yes", "en")
        finally:
            app.close()
    return turn, as_expected(before, house.snapshot(), row.get("expect_changes") or {})


def connected_app(server: HouseServer, folder: Path) -> App:
    """Return Hark as it is after `hark home connect`."""
    app = open_app(Places(str(folder)), Config())
    app.around.egress.allow(FAMILY)
    app.around.house = ConnectedHouse(Api(app.around.egress, server.url, lambda: server.token), app.clock)
    return app


async def say(app: App, text: str, language: str) -> Turn:
    """Say something and return the turn."""
    turns = [event.turn async for event in app.brain.respond(Transcript(text, language[:2])) if isinstance(event, Finished)]
    return next(turn for turn in turns if turn)


def as_expected(before: Mapping[str, Any], after: Mapping[str, Any], expected: Mapping[str, Any]) -> bool:
    """Tell whether all that should have changed did as it should, and nothing else did."""
    for thing, (state, attributes) in after.items():
        wanted = expected.get(thing)
        if wanted is None:
            if after[thing] != before[thing]:
                return False
            continue
        if "state" in wanted and state != wanted["state"]:
            return False
        if any(attributes.get(name) != value for name, value in (wanted.get("attributes") or {}).items()):
            return False
    return True


def things_of(home: Mapping[str, Any]) -> list[Thing]:
    """Return the things of a row's home."""
    floors = {area["name"]: area.get("floor") for area in home.get("areas", [])}
    return [
        Thing(
            entity.get("id") or f"{entity['domain']}.{entity['name'].casefold().replace(' ', '_')}",
            (entity["name"], *entity.get("aliases", [])),
            (entity["area"],) if entity.get("area") else (),
            tuple(filter(None, [floors.get(entity.get("area"))])),
            state=entity.get("state") or "",
            attributes=entity.get("attributes") or {},
        )
        for entity in home.get("entities", [])
    ]
