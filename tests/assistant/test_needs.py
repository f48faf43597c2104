"""What templates need, kept so that Hark starts at once."""

import msgspec
import pytest

from assistant.errors import SkillError
from assistant.needs import Filed, needs_of
from assistant.skill import Reply, action
from assistant.template import Templates, parse_template


@pytest.mark.parametrize(
    ("template", "needs"),
    [
        ("water the garden", (("garden",), ("the",), ("water",))),
        ("(water|feed) [the] {thing}", (("feed", "water"),)),
        ("[please] {thing}", ()),
        ("({thing}|garden)", ()),
        ("(water the|feed) garden", (("garden",), ("feed", "the"))),
    ],
)
def test_a_template_needs_the_words_no_sentence_of_it_is_without(template, needs):
    assert needs_of(parse_template(template), {}) == needs


def garden(en):
    async def water(ctx) -> Reply:
        """Water the garden."""
        return Reply(en="Done.", zh="好了。")

    return action(en=[en], zh=["浇花"])(water)


@pytest.fixture
def parsed(monkeypatch):
    """Give the templates that were read since."""
    seen = []
    node = Templates.node

    def read(templates, language, place):
        seen.append(templates.texts[language][place])
        return node(templates, language, place)

    monkeypatch.setattr(Templates, "node", read)
    return seen


def test_a_second_start_reads_no_template(tmp_path, parsed):
    first = Filed(tmp_path / "new" / "templates.json")
    worked_out = first.of(garden("water [the] garden"))
    first.keep()
    assert parsed
    parsed.clear()
    assert Filed(tmp_path / "new" / "templates.json").of(garden("water [the] garden")) == worked_out
    assert not parsed


def test_a_changed_template_is_read_again_and_the_old_one_left_out(tmp_path):
    file = tmp_path / "templates.json"
    for text in ("water [the] garden", "water it"):
        filed = Filed(file)
        assert filed.of(garden(text))["en"][0] == needs_of(parse_template(text), {})
        filed.keep()
    assert len(msgspec.json.decode(file.read_bytes())) == 1


def test_a_wrong_template_is_never_kept_as_right(tmp_path):
    file = tmp_path / "templates.json"
    for _ in range(2):
        filed = Filed(file)
        with pytest.raises(SkillError, match="found the end in the template"):
            filed.of(garden("(water"))
        filed.keep()


def test_a_broken_file_is_worked_out_again(tmp_path):
    file = tmp_path / "templates.json"
    file.write_text('{"x": ', "utf-8")
    filed = Filed(file)
    assert filed.of(garden("water it"))
    filed.keep()
    assert msgspec.json.decode(file.read_bytes())


def test_a_folder_that_takes_no_file_does_not_stop_anything(tmp_path):
    (tmp_path / "taken").write_text("", "utf-8")
    filed = Filed(tmp_path / "taken" / "templates.json")
    assert filed.of(garden("water it"))
    filed.keep()
