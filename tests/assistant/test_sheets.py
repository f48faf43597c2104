"""Forms of tool calls, for servers that promise nothing about what comes back."""

import json

import pytest

from assistant.app import open_app
from assistant.config import Config, Places
from assistant.reasoning.calls import END, form
from assistant.reasoning.reasoner import toolbox
from assistant.reasoning.sheets import BadCall, filled, nothing, schema_of


@pytest.fixture(scope="module")
def actions(tmp_path_factory):
    app = open_app(Places(str(tmp_path_factory.mktemp("home"))), Config())
    yield app.understanding.actions
    app.close()


@pytest.fixture(scope="module")
def sheet(actions):
    return form(toolbox(actions, "timer.start"))


def of(sheet, name):
    return next(each for each in schema_of(sheet)["anyOf"] if each["properties"]["name"]["const"] == name)["properties"]["arguments"]


def test_the_schema_has_every_tool_its_slots_and_those_it_needs(actions, sheet):
    tools = toolbox(actions, "timer.start")
    assert [each["properties"]["name"]["const"] for each in schema_of(sheet)["anyOf"]] == [*tools, "none"]
    for name, action in tools.items():
        assert set(of(sheet, name)["properties"]) == set(action.slots)
        assert set(of(sheet, name)["required"]) == set(action.required)


def test_the_schema_of_every_tool_there_is_can_be_made(actions):
    for name in actions:
        for each in schema_of(form(toolbox(actions, name)))["anyOf"]:
            arguments = each["properties"]["arguments"]
            assert set(arguments["required"]) <= set(arguments["properties"])


@pytest.mark.parametrize(
    "written",
    [
        '{"name": "timer.start", "arguments": {"duration": "ten minutes"}}',
        '```json\n{"arguments":{"duration":"ten minutes","label":null},"name":"timer.start"}\n```',
        'Sure! <tool_call>\n{"name": "timer.start", "arguments": {"duration": "ten minutes", "label": ""}}\n</tool_call>',
        '{oops} {"name": "timer.start", "arguments": {"duration": "ten minutes"}} {"name": "none"}',
    ],
)
def test_what_a_model_wraps_a_call_in_does_not_matter(sheet, written):
    assert filled(sheet, written) == '{"name": "timer.start", "arguments": {"duration": "ten minutes"}}' + END


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("I would start a timer.", "one JSON object"),
        ("", "one JSON object"),
        ('[{"name": 1}]', "must be one of"),
        ('{"name": "rm", "arguments": {}}', "must be one of: timer"),
        ('{"name": ["timer.start"], "arguments": {}}', "must be one of"),
        ('{"name": "timer.start", "arguments": "ten minutes"}', "an object"),
        ('{"name": "timer.start", "arguments": {"duration": {"minutes": 10}}}', "must be a text"),
        ('{"name": "timer.start", "arguments": {"when": "now"}}', 'no slot "when"'),
        ('{"name": "timer.start", "arguments": {"label": "tea"}}', 'needs the slot "duration"'),
        ("{" * 5000, "one JSON object"),
        ('{"a":' * 3000, "one JSON object"),
    ],
)
def test_what_is_no_call_says_why(sheet, written, why):
    with pytest.raises(BadCall, match=why):
        filled(sheet, written)


def test_choices_are_held_to(actions):
    for name in actions:
        sheet = form(toolbox(actions, name))
        for slot, schema in of(sheet, name)["properties"].items():
            if "enum" in schema:
                with pytest.raises(BadCall, match="must be one of"):
                    filled(sheet, json.dumps({"name": name, "arguments": {slot: "a blue moon"}}))
                return
    pytest.fail("no action has a slot with choices")


def test_calling_nothing_is_a_filled_form(actions, sheet):
    assert filled(sheet, nothing(sheet)) == nothing(sheet)
    assert '"done"' in nothing(form(toolbox(actions, "timer.start"), ends_with="done"))
