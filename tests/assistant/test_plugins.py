"""Skills found and loaded; a broken one breaks nothing but itself."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from assistant import plugins
from assistant.app import open_app
from assistant.config import Config, Places
from assistant.plugins import OWN_PREFIX, load_families, load_file

GOOD = '''
from assistant.skill import Reply, action, inverse

@action(en=["water [the] plants"], zh=["浇花"])
async def water(ctx) -> Reply:
    """Water the plants."""
    return Reply(en="Watered.", zh="浇了。", undo=dry(litres=1))

@inverse
async def dry(ctx, litres: float) -> None:
    """Take it back."""
'''


@pytest.fixture
def folder(tmp_path):
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith((OWN_PREFIX, "garden")):
            del sys.modules[name]


def write(folder, name, text):
    path = folder / f"{name}.py"
    path.write_text(textwrap.dedent(text), "utf-8")
    return path


def installed(folder, monkeypatch, name, lines, version="1.2"):
    """Make a folder look as if a distribution were installed in it."""
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(lines, "utf-8")
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder)])


def by_name(families):
    return {family.name: family for family in families}


def test_the_built_in_skills_are_found_like_any_other():
    families = by_name(load_families())
    assert {"clock", "timer", "volume", "fun", "assistant"} <= families.keys()
    assert "timer.start" in families["timer"].actions
    assert "hark-assistant" in families["timer"].origin.replace("_", "-")


def test_a_file_in_the_users_folder_is_a_family(folder):
    path = write(folder, "garden", GOOD)
    family = by_name(load_families(folder))["garden"]
    assert (family.status, family.origin) == ("ready", str(path))
    assert list(family.actions) == ["garden.water"]
    assert list(family.inverses) == ["dry"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("def broken(:\n", 1, "invalid syntax"),
        ("def broken(:\n", 1, "Mend that line"),
        ("x = 'a\0b'\n", None, "null bytes in it. Save it as UTF-8 text."),
        ("\nimport no_such_package\n", 2, "there is no module 'no_such_package'. Install it"),
        ("\nfrom json import decoder, nothing\n", 2, "cannot import name 'nothing'"),
        ("\nfrom assistant.skill import Acton\n", 2, "from assistant.skill."),
        ("import json\njson.loads('{')\n", 2, "JSONDecodeError"),
        ("raise SystemExit\n", 1, "Take out the sys.exit"),
        ("\n\n1 / 0\n", 3, "ZeroDivisionError"),
        ("import sys\nsys.exit('bye')\n", 2, "SystemExit: bye"),
        ("x = 1\n", None, "no action in this file. Decorate"),
        (GOOD.replace('["浇花"]', "[]"), 4, "no Chinese sentence"),
        (GOOD.replace("[the] plants", "[the plants"), 4, "found the end"),
    ],
)
def test_a_broken_file_says_where_and_leaves_the_others_alone(folder, text, line, said):
    path = write(folder, "garden", text)
    write(folder, "garden_shed", GOOD)
    families = by_name(load_families(folder))
    assert families["garden"].status == "broken"
    assert said in families["garden"].problem
    assert families["garden"].problem.startswith(f"{path}:{line}: " if line else str(path))
    assert families["garden_shed"].status == "ready"
    assert families["timer"].status == "ready"


@pytest.mark.parametrize(
    "body",
    [
        "import time\ntime.sleep(30)",
        "while True:\n    pass",
        "while True:\n    try:\n        import time; time.sleep(9)\n    except Exception: pass",
    ],
)
def test_a_file_that_hangs_while_it_is_loaded_is_left_after_a_while(folder, monkeypatch, body):
    monkeypatch.setattr(plugins, "IMPORT_S", 0.2)
    path = write(folder, "garden", body)
    write(folder, "garden_shed", GOOD)
    families = by_name(load_families(folder))
    assert families["garden"].status == "broken"
    assert families["garden"].problem.startswith(f"{path}:")
    assert "still loading after 0.2 s. Do what takes long inside an action" in families["garden"].problem
    assert families["garden"].hung
    assert families["garden_shed"].status == "ready"


def test_a_file_that_hangs_is_one_of_the_notices_at_each_start(folder, monkeypatch):
    monkeypatch.setattr(plugins, "IMPORT_S", 0.2)
    (folder / "skills").mkdir()
    path = write(folder / "skills", "garden", "import time\ntime.sleep(30)")
    app = open_app(Places(str(folder)), Config())
    assert [notice.startswith(f"{path}:2: it was still loading") for notice in app.notices] == [True]
    app.close()


def test_ctrl_c_while_a_file_is_loaded_names_it(folder):
    path = write(folder, "garden", "print('loading', flush=True)\nimport time\ntime.sleep(30)")
    code = "import sys, pathlib, assistant.cli.understand\nfrom assistant.cli import main\nsys.exit(main(['ask', 'hello']))"
    home = folder / "home"
    (home / "skills").mkdir(parents=True)
    path.rename(home / "skills" / "garden.py")
    with subprocess.Popen(
        [sys.executable, "-c", code], env=os.environ | {"HARK_HOME": str(home)}, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr.readline() == "loading\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert process.stderr.read() == f"hark: stopped while loading {home / 'skills' / 'garden.py'}\n"
        assert process.stdout.read() == ""


def test_what_a_file_prints_while_it_is_loaded_is_no_reply(folder, capsys):
    write(folder, "garden", f"print('hello')\n{GOOD}")
    assert by_name(load_families(folder))["garden"].status == "ready"
    assert tuple(capsys.readouterr()) == ("", "hello\n")


def test_a_file_cannot_take_the_name_of_another_skill(folder):
    write(folder, "timer", GOOD)
    families = load_families(folder)
    assert [family.status for family in families if family.name == "timer"] == ["ready", "broken"]
    assert "Rename the file" in families[-1].problem


def test_a_file_shadows_no_module(folder):
    write(folder, "json", GOOD)
    assert by_name(load_families(folder))["json"].status == "ready"
    assert sys.modules["json"].__name__ == "json"
    assert "garden" not in sys.modules


def test_a_broken_file_leaves_no_module_behind(folder):
    load_file(write(folder, "garden", "1 / 0"))
    assert OWN_PREFIX + "garden" not in sys.modules


def test_what_is_disabled_is_not_even_imported(folder):
    write(folder, "garden", "raise AssertionError('imported')")
    families = by_name(load_families(folder, disabled=["garden", "fun"]))
    assert (families["garden"].status, families["fun"].status) == ("disabled", "disabled")
    assert families["fun"].actions == {}


def test_a_folder_that_is_not_there_is_no_error(tmp_path):
    assert load_families(tmp_path / "nowhere")


def test_an_installed_package_offers_skills(folder, monkeypatch):
    write(folder, "garden_plugin", GOOD)
    installed(
        folder, monkeypatch, "hark_garden", "[console_scripts]\na = b\n\n[hark.skills]\n# ours\ngarden = garden_plugin\n[other]\nx = y\n"
    )
    family = by_name(load_families())["garden"]
    assert (family.status, family.origin, family.module) == ("ready", "hark-garden 1.2", "garden_plugin")
    assert "x" not in by_name(load_families())


def test_a_package_cannot_replace_a_built_in_skill(folder, monkeypatch):
    write(folder, "garden_plugin", GOOD)
    installed(folder, monkeypatch, "aaa", "[hark.skills]\ntimer = garden_plugin\n")
    assert by_name(load_families())["timer"].module == "skills.timer"


def test_a_fault_of_a_package_is_told_with_its_file_and_line(folder, monkeypatch):
    installed(folder, monkeypatch, "garden_helper", "[hark.skills]\ngarden = garden_helper\n")
    path = write(folder, "garden_helper", "import json\n\njson.loads('{')\n")
    family = by_name(load_families())["garden"]
    assert family.problem.startswith(f"{path}:3: JSONDecodeError")


def test_a_package_whose_module_is_missing_is_broken_and_nothing_else(folder, monkeypatch):
    installed(folder, monkeypatch, "gone", "[hark.skills]\ngarden = garden_that_is_not_there\n")
    families = by_name(load_families())
    assert families["garden"].status == "broken"
    assert "garden_that_is_not_there" in families["garden"].problem
    assert families["timer"].status == "ready"


def test_an_action_that_a_file_merely_imports_is_not_its_own(folder):
    write(folder, "garden", "from skills.timer import start\n" + GOOD)
    assert list(by_name(load_families(folder))["garden"].actions) == ["garden.water"]
