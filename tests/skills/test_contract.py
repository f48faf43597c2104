"""What every action keeps to, whoever wrote it; this file runs over all that are installed."""

import re
from datetime import timedelta

import pytest

from assistant.fake_players import TUNES
from assistant.generator import sentences
from assistant.players import OWN, Queue
from assistant.plugins import load_families
from assistant.skill import CannotDo, Question, Reply, Ring, Undo
from assistant.testing import MORNING, FakeContext, take_back
from assistant.understanding import LANGUAGES, Understanding

FAMILIES = load_families()
UNDERSTANDING = Understanding(FAMILIES)
ACTIONS = UNDERSTANDING.actions

SPOKEN_PER_TEMPLATE = 25
"""Sentences tried of each template; they are spread over all its ways to be said."""

CHANGES = {
    "wake.wrong": {},
    "wake.missed": {},
    "timer.start": {"duration": "PT10M"},
    "timer.start_each": {"durations": "5 and 10 minutes"},
    "timer.cancel": {"label": "tea"},
    "timer.extend": {"duration": "PT5M", "label": "tea"},
    "timer.shorten": {"duration": "PT1M", "label": "tea"},
    "timer.pause": {"label": "tea"},
    "timer.resume": {"label": "eggs"},
    "alarm.set": {"time": "07:00"},
    "alarm.cancel": {"time": "06:30"},
    "alarm.snooze": {"duration": "PT5M"},
    "calendar.create": {"title": "dentist", "moment": "2026-12-01T15:00"},
    "list.add": {"items": ["bread"]},
    "list.remove": {"items": ["milk"]},
    "list.create": {"list": "party"},
    "memory.remember": {"fact": "the car is on level 3"},
    "note.take": {"text": "the boiler code is 4711"},
    "reminder.set": {"text": "call mum", "moment": "2026-12-01T17:00"},
    "reminder.cancel": {"text": "rent"},
    "routine.create": {"name": "tea break", "steps": ["flip a coin"]},
    "assistant.language": {"to": "zh"},
    "assistant.stop": {},
    "media.play": {"query": "jazz", "kind": "genre"},
    "media.pause": {},
    "media.resume": {},
    "media.next": {},
    "media.previous": {},
    "system.screenshot": {},
    "app.open": {"name": "calculator"},
    "app.close": {"name": "firefox"},
    "writing.proofread": {"text": "helo"},
    "writing.rewrite": {"text": "pay up"},
    "volume.set": {"level": 30},
    "volume.change": {"direction": "up"},
    "volume.mute": {},
    "volume.unmute": {},
}
"""The actions that change something, with slots for which they do; each must be able to take it back."""


def texts_of(answer):
    return {"en": answer.en, "zh": answer.zh}


async def world(language="en", **fields):
    """Give a context in which everything has something to work on: one timer runs, one is paused; music plays."""
    known = {"sentences": {"clock": ["what time is it"]}, "trace": {"understand": 2.0}, "model": lambda *_: "Hello."}
    ctx = FakeContext(language, said="Ten.", undoable="mute", **known, **fields)
    ctx.players.now = Queue(tuple(tune.path for tune in TUNES), index=1)
    await ctx.rings.add("alarm", ctx.now.replace(hour=6, minute=30) + timedelta(days=1))
    await ctx.rings.add("reminder", ctx.now + timedelta(days=1), "pay the rent")
    ctx.rings.rung = Ring(99, "alarm", ctx.now - timedelta(minutes=1))
    await ctx.records("list").add(name="shopping", items=["milk", "eggs"])
    await ctx.schedule(from_json("timer.start", {"duration": "PT10M"})["duration"], "tea")
    eggs = await ctx.schedule(from_json("timer.start", {"duration": "PT4M"})["duration"], "eggs")
    await ACTIONS["timer.pause"](ctx, label=eggs.label)
    return ctx


def from_json(name, slots):
    return {slot: ACTIONS[name].slots[slot].from_json(value) for slot, value in slots.items()}


async def state_of(ctx):
    rings = [await ctx.rings.all(kind) for kind in ("alarm", "reminder")]
    records = {kind: kept for kind, records in ctx._records.items() if (kept := await records.all())}
    machine = (ctx.loudness, ctx.is_muted, ctx.copied, ctx.answers_in, ctx.desktop.state(), ctx.players.state(), tuple(ctx.wake_labels))
    return (await ctx.timers.all(), rings, records, machine, titles_in(ctx))


def titles_in(ctx):
    """Return the names of what the family's own calendar files have."""
    files = ctx.home.glob("*.ics") if ctx.home else ()
    return [line for file in files for line in file.read_text().splitlines() if line.startswith("SUMMARY")]


async def answer_of(name, ctx, slots):
    try:
        return await ACTIONS[name](ctx, **from_json(name, slots))
    except CannotDo as error:
        return error


def test_every_installed_skill_is_ready():
    assert [(family.name, family.problem) for family in FAMILIES if family.status != "ready"] == []


@pytest.mark.parametrize("name", ACTIONS)
def test_it_speaks_both_languages_and_says_what_it_does(name):
    action = ACTIONS[name]
    assert all(action.sentences[language] for language in LANGUAGES)
    assert action.summary.endswith(".")
    assert action.described.keys() == action.slots.keys()
    assert all(question.text(language).strip() for question in action.ask.values() for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ACTIONS)
def test_its_sentences_mean_it_and_nothing_else(name, language):
    action = ACTIONS[name]
    collisions = {
        text: intent and intent.action
        for node in action.templates[language]
        for text in sentences(node, action.slots, language, SPOKEN_PER_TEMPLATE)
        for intent in [UNDERSTANDING.understand(text, language, MORNING)]
        if intent is None or intent.action != name or intent.then
    }
    assert not collisions


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ACTIONS)
async def test_its_answer_is_words_a_person_can_hear(name, language):
    slots = CHANGES.get(name) or sample_slots(name, language)
    answer = await answer_of(name, await world(language), slots)
    assert isinstance(answer, Reply | Question | CannotDo)
    for text in texts_of(answer).values():
        assert text.strip()
        assert not re.search(r"[{}<>]|None|timedelta|datetime", text)
    assert texts_of(answer)[language][-1] in ".?!。？！"


def sample_slots(name, language):
    """Give the slots of its first sentence with any, so that a required one is there."""
    action = ACTIONS[name]
    for node in action.templates[language]:
        for text in sentences(node, action.slots, language, 3):
            found = UNDERSTANDING.understand(text, language, MORNING)
            if action.required <= found.slots.keys():
                return found.slots
    raise AssertionError(f"no sentence of {name} has {action.required}")


@pytest.mark.parametrize("name", ACTIONS)
async def test_what_it_changes_it_can_take_back(name):
    ctx = await world(is_muted=name == "volume.unmute")
    if name == "media.resume":
        await ctx.players.command(OWN, "pause")
    before = await state_of(ctx)
    answer = await answer_of(name, ctx, CHANGES[name] if name in CHANGES else sample_slots(name, "en"))
    changed = await state_of(ctx) != before
    assert changed == (name in CHANGES), "say in CHANGES what an action changes"
    if changed:
        assert isinstance(answer.undo, Undo)
        await take_back(ctx, answer.undo)
        assert await state_of(ctx) == before
    else:
        assert not isinstance(answer, Reply) or answer.undo is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ACTIONS)
def test_what_it_would_do_can_be_shown_as_plain_data(name, language):
    action = ACTIONS[name]
    shown = sample_slots(name, language)
    for slot, value in shown.items():
        assert isinstance(value, str | int | float | bool | list)
        assert action.slots[slot].to_json(action.slots[slot].from_json(value)) == value
