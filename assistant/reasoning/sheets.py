"""Forms for models that others run: as a JSON schema for the server, and as a check of what came back.

A form (see `models.form`) leaves a model of ours no way to write anything else. A server promises no such thing: some hold a
model to a schema, some only ask it to keep to one, some ignore it. So what comes back is compared with the form before it counts.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from assistant.reasoning.calls import END

Form = Mapping[str, Any]

HEAD = re.compile(r'\{"name": "([^"]+)", "arguments": \{')
SLOT = re.compile(r'"(\w+)": "$')
"""How a call and a slot begin in the texts of a form."""


class BadCall(ValueError):
    """What a model wrote is no filled form; the message says why."""


def schema_of(form: Form) -> dict[str, Any]:
    """Return the JSON schema of everything the form can be filled in with."""
    calls: dict[str, dict[str, Any]] = {}
    for text, state in form["start"]["options"]:
        if head := HEAD.match(text):
            slots = calls.setdefault(head[1], {})
            if slot := SLOT.search(text):
                gather(form, slot[1], state, slots)
    return {"anyOf": [call_schema(name, slots, required_of(form, name)) for name, slots in calls.items()]}


def gather(form: Form, slot: str, state: str, slots: dict[str, Any]) -> None:
    """Put a slot's schema, and those of all that may follow it, among the slots."""
    if slot in slots:
        return
    field = form[state]
    slots[slot] = {"type": "string", "maxLength": 200} if "gap" in field else {"enum": [text for text, _ in field["options"]]}
    after = field["next"] if "gap" in field else field["options"][0][1]
    for text, following in form[after]["options"]:
        if more := SLOT.search(text):
            gather(form, more[1], following, slots)


def required_of(form: Form, name: str) -> list[str]:
    """Return the slots a call cannot do without: those the form leaves no way around."""
    found: list[str] = []
    options = [option for option in form["start"]["options"] if (head := HEAD.match(option[0])) and head[1] == name]
    while len(options) == 1 and (slot := SLOT.search(options[0][0])):
        found.append(slot[1])
        field = form[options[0][1]]
        options = form[field["next"] if "gap" in field else field["options"][0][1]]["options"]
    return found


def call_schema(name: str, slots: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """Return the schema of calls of one tool."""
    arguments = {"type": "object", "properties": slots, "required": required, "additionalProperties": False}
    properties = {"name": {"const": name}, "arguments": arguments}
    return {"type": "object", "properties": properties, "required": ["name", "arguments"], "additionalProperties": False}


def filled(form: Form, text: str) -> str:
    """Return what a model wrote, the way the form has it. Raises BadCall saying what is wrong with it."""
    data = first_object(text)
    name, given = data.get("name"), data.get("arguments", {})
    calls = {each["properties"]["name"]["const"]: each["properties"]["arguments"] for each in schema_of(form)["anyOf"]}
    if not isinstance(name, str) or name not in calls:
        raise BadCall(f'"name" must be one of: {", ".join(calls)}')
    if not isinstance(given, dict):
        raise BadCall('"arguments" must be an object')
    known = calls[name]["properties"]
    if strange := [slot for slot in given if slot not in known]:
        raise BadCall(f'{name} has no slot "{strange[0]}"; it has: {", ".join(known) or "none"}')
    values = {slot: value_in(slot, known[slot], given[slot]) for slot in known if not is_empty(given.get(slot))}
    if missing := [slot for slot in calls[name]["required"] if slot not in values]:
        raise BadCall(f'{name} needs the slot "{missing[0]}"')
    return json.dumps({"name": name, "arguments": values}, ensure_ascii=False) + END


def nothing(form: Form) -> str:
    """Return the form filled in with the tool that is none, which every form has last."""
    text, _ = form["start"]["options"][-1]
    return str(text)


def is_empty(value: Any) -> bool:
    """Tell whether a slot was left out, which models also write as null or an empty text."""
    return value is None or value == ""


def value_in(slot: str, schema: Mapping[str, Any], value: Any) -> str:
    """Return a slot's value as text. Raises BadCall."""
    if isinstance(value, dict | list):
        raise BadCall(f'the slot "{slot}" must be a text')
    text = json.dumps(value) if isinstance(value, bool) else str(value)
    if "enum" in schema and text not in schema["enum"]:
        raise BadCall(f'the slot "{slot}" must be one of: {", ".join(schema["enum"])}')
    return text


def first_object(text: str) -> dict[str, Any]:
    """Return the first JSON object in a text; models like to wrap it in words, marks or a fence. Raises BadCall."""
    decoder, at = json.JSONDecoder(), text.find("{")
    while at >= 0:
        try:
            found, _ = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at = text.find("{", at + 1)
            continue
        if isinstance(found, dict):
            return found
        at = text.find("{", at + 1)
    raise BadCall("the answer must be one JSON object")
