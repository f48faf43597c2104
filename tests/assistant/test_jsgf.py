"""The recogniser's grammar is written from the templates."""

from assistant.jsgf import jsgf
from assistant.skill import Action, Context, Reply, action


def made(*templates: str) -> Action:
    @action(en=templates, zh=["计时"], rules={"a": "[a|an|my] [quick]"})
    async def start(ctx: Context, label: str = "", note: str = "") -> Reply:
        """Start.

        Args:
            label: Of it.
            note: Free text.
        """
        return Reply("", "")

    return start


def command(text: str) -> str:
    return text.partition("public <command> = ")[2].strip()


def test_an_article_before_a_label_is_said() -> None:
    assert command(jsgf([made("set <a> {label} timer")])) == "set ((a | an | my)) [quick] <label> timer;"


def test_an_article_elsewhere_may_be_left_out() -> None:
    assert command(jsgf([made("set <a> timer called [the] {label}")])) == "set [(a | an | my)] [quick] timer called [the] <label>;"


def test_what_holds_free_text_is_left_to_dictation() -> None:
    assert command(jsgf([made("note {note}", "set a timer")])) == "set a timer;"


def test_contractions_may_be_said_either_way() -> None:
    assert command(jsgf([made("what is left")])) == "(what is | what's) left;"


def test_an_article_that_must_be_said_stays_as_it_is() -> None:
    assert command(jsgf([made("set a [quick] {label} timer")])) == "set a [quick] <label> timer;"
