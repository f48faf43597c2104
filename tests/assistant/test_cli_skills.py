"""`hark skills`: what is there, a new one that works at once, and the contract every skill is held to."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.contract import problems
from assistant.plugins import load_families

BUILT_IN = [Path(__file__).parents[2] / "skills" / name for name in ("fun.py", "conversation.py", "timer/__init__.py")]

GOOD = '''"""Plants."""

from assistant.skill import Context, Reply, action


@action(
    en=["water the plants"],
    zh=["浇花"],
)
async def water(ctx: Context) -> Reply:
    """Water them."""
    return Reply(en="Watered.", zh="浇了。")
'''


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("HARK_HOME", str(tmp_path))
    return tmp_path


def skill(folder: Path, old: str = "", new: str = "", name: str = "plants") -> Path:
    """Write the good skill with one thing changed."""
    assert old in GOOD
    path = folder / f"{name}.py"
    path.write_text(GOOD.replace(old, new) if old else GOOD, encoding="utf-8")
    return path


def told(path: Path) -> list[str]:
    return [str(problem) for problem in problems(path, load_families())]


def test_show_has_every_action_with_a_sentence_in_both_languages(home, capsys):
    assert main(["skills"]) == 0
    shown = capsys.readouterr().out
    for part in ("clock  ready", "clock.time", "what time is it", "几点", str(home / "skills")):
        assert part in shown


def test_show_tells_file_line_and_cure_of_what_is_broken(home, capsys):
    (home / "skills").mkdir()
    skill(home / "skills", 'zh=["浇花"]', "zh=[]")
    (home / "skills" / "worse.py").write_text("def (:\n")
    assert main(["skills"]) == 0
    shown = capsys.readouterr().out
    assert "plants.py:6: action 'water': It has no Chinese sentence. Add one under zh=[...]." in shown
    assert "worse.py:1: invalid syntax." in shown
    assert "clock.time" in shown


def test_show_json_has_one_object_per_family(home, capsys):
    (home / "config.toml").write_text("[skills]\ndisabled = ['fun']\n")
    assert main(["skills", "--json"]) == 0
    records = {record["family"]: record for record in map(json.loads, capsys.readouterr().out.splitlines())}
    assert records["fun"]["status"] == "disabled"
    assert records["clock"]["languages"] == ["en", "zh"]
    assert records["clock"]["actions"][0]["id"] == "clock.time"
    assert records["clock"]["actions"][0]["zh"] == "现在几点"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_the_built_in_skills_keep_the_contract(path):
    assert told(path) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "part"),
    [
        ('"water the plants"', '"what time is it"', 7, "'what time is it' is understood as clock.time"),
        ('"water the plants"', '"set a timer for ten minutes"', 7, "timer.start"),
        ('"浇花"', '"浇花", "现在几点"', 8, "clock.time"),
        ('return Reply(en="Watered.', 'await ctx.set_volume(3)\n    return Reply(en="Watered.', 12, "returns no undo"),
        (
            'return Reply(en="Watered.',
            'await ctx.timers.remove(3)\n    return Reply(en="Watered.',
            12,
            "ctx.timers.remove() and returns no undo",
        ),
    ],
)
def test_a_breach_is_told_with_file_line_and_cure(tmp_path, old, new, line, part):
    path = skill(tmp_path, old, new)
    [problem] = told(path)
    assert problem.startswith(f"{path}:{line}: plants.water: ")
    assert part in problem


def test_a_change_made_in_a_function_beside_it_counts(tmp_path):
    path = skill(tmp_path, 'return Reply(en="Watered.', 'await louder(ctx)\n    return Reply(en="Watered.')
    path.write_text(path.read_text() + "\n\nasync def louder(ctx):\n    await ctx.set_volume(100)\n")
    [problem] = told(path)
    assert problem.startswith(f"{path}:17: plants.water: it calls ctx.set_volume()")


GREEDY = '''"""Plants."""

from assistant.skill import Context, Reply, action


@action(
    en=["set {what} timer for ten minutes"],
    zh=["浇{what}"],
    ask={"what": Reply(en="What?", zh="什么？")},
)
async def water(ctx: Context, what: str) -> Reply:
    """Water them.

    Args:
        what: Which.
    """
    return Reply(en="Watered.", zh="浇了。")
'''


def test_words_taken_away_from_another_skill_are_told(tmp_path):
    path = tmp_path / "plants.py"
    path.write_text(GREEDY)
    [problem] = told(path)
    assert problem.startswith(f"{path}:6: plants.water: it takes 'set")
    assert "away from timer.start" in problem


def test_a_sentence_more_special_than_free_text_of_others_is_no_breach(tmp_path):
    assert told(skill(tmp_path, '"water the plants"', '"set a sourdough timer"')) == []


def test_a_name_that_is_taken_is_a_breach(tmp_path):
    path = skill(tmp_path, name="timer")
    [problem] = told(path)
    assert "the name 'timer' is taken by hark-assistant" in problem


@pytest.mark.parametrize(
    ("text", "part"),
    [("import nothing_here\n", ":1: there is no module 'nothing_here'. Install it"), ("x = 1\n", "no action in this file")],
)
def test_a_file_that_does_not_load_is_told_why(tmp_path, text, part):
    path = tmp_path / "odd.py"
    path.write_text(text)
    [problem] = told(path)
    assert part in problem


@pytest.mark.usefixtures("home")
def test_check_has_status_1_for_a_breach_and_2_for_no_file(tmp_path, capsys):
    assert main(["skills", "check", str(skill(tmp_path))]) == 0
    assert "keeps the contract (plants.water)" in capsys.readouterr().out
    wrong = skill(tmp_path, '"water the plants"', '"what time is it"')
    assert main(["skills", "check", str(wrong), "--json"]) == 1
    record = json.loads(capsys.readouterr().out)
    assert (record["line"], record["action"]) == (7, "plants.water")
    assert main(["skills", "check", str(tmp_path / "none.py")]) == 2
    assert "There is no file" in capsys.readouterr().err


def test_a_skill_in_the_user_s_folder_can_be_checked_there(home):
    (home / "skills").mkdir()
    path = skill(home / "skills")
    assert main(["skills", "check", str(path)]) == 0


@pytest.mark.parametrize("name", ["tea", "my_garden", "泡茶"])
def test_a_new_skill_and_its_test_work_at_once(home, capsys, name):
    assert main(["skills", "new", name]) == 0
    skill_path, test_path = map(Path, capsys.readouterr().out.splitlines()[:2])
    assert (skill_path, test_path) == (home / "skills" / f"{name}.py", home / "skills" / "tests" / f"test_{name}.py")
    assert main(["skills", "check", str(skill_path)]) == 0
    words = name.replace("_", " ")
    for text in (f"start {words} for 2 minutes", f"开始{words}", "undo"):
        assert main(["ask", text]) == 0
    assert "Undone" in capsys.readouterr().out
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(test_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=home,
    )
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout
    assert main(["skills", "--json"]) == 0
    families = {record["family"]: record["status"] for record in map(json.loads, capsys.readouterr().out.splitlines())}
    assert families[name] == "ready"


def test_the_new_test_passes_and_fails_when_the_skill_is_broken(home):
    assert main(["skills", "new", "my_garden"]) == 0
    path = home / "skills" / "my_garden.py"
    pytest_run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(home / "skills" / "tests")]
    done = subprocess.run(pytest_run, capture_output=True, text=True, check=False, cwd=home)
    assert "3 passed" in done.stdout, done.stdout
    path.write_text(path.read_text().replace("await ctx.timers.remove(number)", "pass"))
    done = subprocess.run(pytest_run, capture_output=True, text=True, check=False, cwd=home)
    assert "1 failed, 2 passed" in done.stdout, done.stdout


@pytest.mark.parametrize("name", ["Tea", "my-tea", "9lives", "class", "_tea", "tea time", ""])
def test_a_bad_name_is_refused(home, capsys, name):
    assert main(["skills", "new", name]) == 2
    assert "is no name for a skill" in capsys.readouterr().err
    assert not (home / "skills").exists()


def test_a_taken_name_is_refused(home, capsys):
    assert main(["skills", "new", "timer"]) == 2
    assert "is taken by hark-assistant" in capsys.readouterr().err
    assert not (home / "skills").exists()


def test_a_name_whose_sentences_mean_something_already_is_refused(home, capsys):
    assert main(["skills", "new", "countdown"]) == 2
    assert "is understood as timer.start" in capsys.readouterr().err
    assert not (home / "skills").exists()


def test_a_file_that_is_there_is_never_written_over(home, capsys):
    (home / "elsewhere").mkdir()
    (home / "elsewhere" / "tea.py").write_text("mine")
    assert main(["skills", "new", "tea", "--into", str(home / "elsewhere")]) == 2
    assert "is there already" in capsys.readouterr().err
    assert (home / "elsewhere" / "tea.py").read_text() == "mine"


def test_a_new_skill_elsewhere_says_what_to_do_next(home, capsys):
    assert main(["skills", "new", "tea", "--into", str(home / "elsewhere")]) == 0
    told = capsys.readouterr().out
    assert str(home / "skills") in told
    assert "hark skills check" in told


def test_a_folder_that_cannot_be_written_is_told(home, capsys):
    (home / "file").write_text("")
    assert main(["skills", "new", "tea", "--into", str(home / "file" / "deep")]) == 2
    assert "--into" in capsys.readouterr().err
