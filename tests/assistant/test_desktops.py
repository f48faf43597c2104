"""Desktops: programs as their entries list them, processes that really run, pictures and locks by whatever is there."""

import os
import plistlib
import shutil
import stat
import subprocess
import sys
from types import SimpleNamespace

import psutil
import pytest

from assistant.desktops import find_desktop, processes
from assistant.desktops.entries import entries
from assistant.desktops.linux import LinuxDesktop, meant_by
from assistant.desktops.mac import MacDesktop
from assistant.desktops.windows import WindowsDesktop
from assistant.services import CannotDo

SLEEPER = "#!/bin/sh\nexec sleep 60\n"


@pytest.fixture
def world(tmp_path):
    """Give a machine of one's own: its commands, its menu, its pictures."""
    for folder in ("bin", "home/.local/share/applications", "share/applications", "pictures"):
        (tmp_path / folder).mkdir(parents=True)
    environment = {
        "PATH": str(tmp_path / "bin"),
        "HOME": str(tmp_path / "home"),
        "XDG_DATA_DIRS": str(tmp_path / "share"),
        "DISPLAY": ":7",
        "XDG_CURRENT_DESKTOP": "GNOME",
    }
    return SimpleNamespace(path=tmp_path, environment=environment, desktop=LinuxDesktop(environment, tmp_path / "pictures"))


def command(world, name, script):
    path = world.path / "bin" / name
    path.write_text(script)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def entry(world, name, *lines, own=False, **keys):
    folder = world.path / ("home/.local/share/applications" if own else "share/applications")
    keys = {"Type": "Application", "Name": name, "Exec": f"{name} %U"} | keys
    text = "\n".join(["# a comment", "[Desktop Entry]", *(f"{key}={value}" for key, value in keys.items()), *lines])
    (folder / f"{name}.desktop").write_text(text + "\n[Desktop Action new]\nName=New\nExec=other\n", encoding="utf-8")


def listed(world):
    return {each.program.id: each for each in entries(world.environment)}


def test_an_entry_tells_its_names_its_kind_and_its_command(world):
    command(world, "calc", SLEEPER)
    entry(world, "calc", "Name[zh_CN]=计算器", "GenericName=Number cruncher", "Categories=Utility;Calculator;", Name="Calculator")
    found = listed(world)["calc.desktop"]
    assert found.program.names == ("Calculator", "计算器", "Number cruncher", "calc")
    assert found.program.name("zh") == "计算器"
    assert found.program.kinds == ("Utility", "Calculator")
    assert found.command == ("calc",)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("tool %U", ("tool",)),
        ("tool --file=%f --new", ("tool", "--file=", "--new")),
        ('tool "two words" %c', ("tool", "two words", "tool")),
        ("tool %% 100%%", ("tool", "%", "100%")),
        ("tool; rm -rf $HOME `id` | cat", ("tool;", "rm", "-rf", "$HOME", "`id`", "|", "cat")),
        ('tool "never closed', ()),
        ("", ()),
    ],
)
def test_a_command_is_words_and_no_shell(world, line, words):
    for name in ("tool", "tool;"):
        command(world, name, SLEEPER)
    entry(world, "tool", Exec=line)
    found = listed(world).get("tool.desktop")
    assert (found.command if found else ()) == words


@pytest.mark.parametrize(
    "keys",
    [
        {"NoDisplay": "true"},
        {"Hidden": "true"},
        {"Type": "Link"},
        {"OnlyShowIn": "KDE;"},
        {"NotShowIn": "GNOME;"},
        {"TryExec": "not-installed"},
        {"Exec": "not-installed"},
        {"Name": ""},
    ],
)
def test_what_no_menu_shows_is_no_program(world, keys):
    command(world, "tool", SLEEPER)
    entry(world, "tool", **keys)
    assert listed(world) == {}


def test_the_users_own_entry_wins_and_what_is_broken_is_left_out(world):
    command(world, "tool", SLEEPER)
    entry(world, "tool", Name="Theirs")
    entry(world, "tool", Name="Mine", own=True)
    (world.path / "share/applications/broken.desktop").write_bytes(b"\xff\xfe no [section")
    assert [each.program.names[0] for each in listed(world).values()] == ["Mine"]


def test_the_users_choice_is_preferred(world):
    for name in ("one", "two"):
        command(world, name, SLEEPER)
        entry(world, name)
    (world.path / "home/.config").mkdir()
    (world.path / "home/.config/mimeapps.list").write_text("[Default Applications]\nx-scheme-handler/http=two.desktop;\n")
    assert {name: each.program.preferred for name, each in listed(world).items()} == {"one.desktop": False, "two.desktop": True}


@pytest.fixture
def sleeper(world):
    """Give a program that can be started any number of times; at the end none of it runs."""
    shutil.copy(shutil.which("sleep"), world.path / "bin" / "dozer")
    entry(world, "dozer", Name="Dozer", Exec="dozer 60")
    yield listed(world)["dozer.desktop"].program
    for process in psutil.process_iter(["exe"]):
        if process.info["exe"] == str(world.path / "bin" / "dozer"):
            process.kill()


async def test_a_program_is_started_seen_and_closed(world, sleeper):
    desktop = world.desktop
    assert await desktop.running(sleeper) == []
    await desktop.open(sleeper)
    await desktop.open(sleeper)
    keys = await desktop.running(sleeper)
    assert len(keys) == 2
    assert await desktop.close(keys[:1]) == []
    assert await desktop.running(sleeper) == keys[1:]
    assert await desktop.close(keys) == [], "the first is gone already"
    assert await desktop.running(sleeper) == []


def test_a_program_that_does_not_want_to_end_is_told_and_ends_by_force(monkeypatch):
    monkeypatch.setattr(processes, "CLOSE_S", 0.3)
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", stubborn], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        key = processes.key_of(psutil.Process(process.pid))
        assert processes.end([key]) == [key]
        assert processes.end([key], force=True) == []


async def test_hark_never_closes_what_it_runs_in(world):
    for process in (psutil.Process(), psutil.Process().parent()):
        with pytest.raises(CannotDo, match="inside"):
            await world.desktop.close([processes.key_of(process)])


def test_a_number_that_was_given_out_again_is_another_process():
    number = os.getpid()
    assert processes.found_by(processes.key_of(psutil.Process(number)))
    assert processes.found_by(f"{number}:12.00") is None
    assert processes.found_by("nonsense") is None


async def test_a_program_that_fails_at_once_is_told(world):
    command(world, "broken", "#!/bin/sh\nexit 3\n")
    entry(world, "broken", Name="Broken")
    with pytest.raises(CannotDo, match="status 3"):
        await world.desktop.open(listed(world)["broken.desktop"].program)


async def test_what_was_said_is_never_a_command(world):
    target = world.path / "touched"
    command(world, "tool", "#!/bin/sh\n/bin/sleep 5 & wait\n")
    entry(world, "tool", Exec=f"tool ; touch {target} $(touch {target}) `touch {target}`")
    await world.desktop.open(listed(world)["tool.desktop"].program)
    assert not target.exists()
    program = listed(world)["tool.desktop"].program
    await world.desktop.close(await world.desktop.running(program), force=True)


async def test_a_program_without_a_window_is_shown_in_a_terminal(world):
    command(world, "top", SLEEPER)
    entry(world, "top", Terminal="true")
    program = listed(world)["top.desktop"].program
    with pytest.raises(CannotDo, match="terminal"):
        await world.desktop.open(program)
    command(world, "xterm", f'#!/bin/sh\necho "$@" > {world.path}/shown\n')
    await world.desktop.open(program)
    assert (world.path / "shown").read_text() == "-e top\n"


@pytest.mark.parametrize(
    ("command_line", "path", "words", "same"),
    [
        ("firefox %u", "/usr/lib/firefox/firefox", ["/usr/lib/firefox/firefox"], True),
        ("firefox %u", "/usr/lib/firefox-esr/firefox-bin", ["firefox-bin"], True),
        ("firefox %u", "/usr/bin/firefoxy", ["firefoxy"], False),
        ("tool", "/usr/bin/python3.11", ["python3", "/usr/bin/tool"], True),
        ("tool", "/usr/bin/vim", ["vim", "tool"], False),
        ("flatpak run org.x.App", "/usr/bin/bwrap", ["bwrap", "org.x.App"], True),
        ("flatpak run org.x.App", "/usr/bin/bwrap", ["bwrap", "org.y.App"], False),
        ("python3 /opt/game/run.py", "/usr/bin/python3", ["python3", "/opt/game/run.py"], True),
        ("python3 /opt/game/run.py", "/usr/bin/python3", ["python3", "/opt/other.py"], False),
    ],
)
def test_whose_process_it_is(world, command_line, path, words, same):
    command(world, command_line.split()[0], SLEEPER)
    entry(world, "it", Exec=command_line)
    assert meant_by(listed(world)["it.desktop"], {"PATH": "/nowhere"})(path, words) is same


async def test_a_picture_is_taken_by_what_is_there(world):
    command(world, "gnome-screenshot", "#!/bin/sh\nexit 1\n")
    command(world, "scrot", '#!/bin/sh\necho picture > "$1"\n')
    first, second = await world.desktop.screenshot(), await world.desktop.screenshot()
    assert first.read_text() == "picture\n"
    assert first != second
    assert first.name.startswith("Screenshot 20")


async def test_a_picture_that_was_not_written_is_not_claimed(world):
    command(world, "scrot", "#!/bin/sh\nexit 0\n")
    with pytest.raises(CannotDo, match="gnome-screenshot or scrot"):
        await world.desktop.screenshot()
    assert list((world.path / "pictures").iterdir()) == []


async def test_a_picture_of_wayland_takes_its_own_tool(world):
    world.environment["WAYLAND_DISPLAY"] = "wayland-0"
    with pytest.raises(CannotDo, match="grim"):
        await world.desktop.screenshot()
    command(world, "grim", '#!/bin/sh\necho picture > "$1"\n')
    assert (await world.desktop.screenshot()).exists()


async def test_the_screen_is_locked_by_what_is_there(world):
    with pytest.raises(CannotDo, match="locker"):
        await world.desktop.lock()
    command(world, "i3lock", f"#!/bin/sh\necho locked > {world.path}/lock\n")
    await world.desktop.lock()
    assert (world.path / "lock").exists()


async def test_a_lock_that_nobody_carries_out_is_not_claimed(world, monkeypatch):
    monkeypatch.setattr("assistant.desktops.screen.LOCKED_S", 0.2)
    command(world, "loginctl", '#!/bin/sh\n[ "$1" = lock-session ] || echo LockedHint=no\n')
    with pytest.raises(CannotDo, match="locker"):
        await world.desktop.lock()
    command(world, "loginctl", '#!/bin/sh\n[ "$1" = lock-session ] || echo LockedHint=yes\n')
    await world.desktop.lock()


@pytest.mark.parametrize("ask", ["lock", "screenshot"])
async def test_without_a_graphical_session_there_is_no_screen(world, ask):
    del world.environment["DISPLAY"]
    with pytest.raises(CannotDo, match="graphical session"):
        await getattr(world.desktop, ask)()


@pytest.mark.parametrize(
    ("read", "percent", "plugged", "minutes"),
    [
        (SimpleNamespace(percent=50.4, secsleft=3600, power_plugged=False), 50.4, False, 60),
        (SimpleNamespace(percent=101, secsleft=psutil.POWER_TIME_UNLIMITED, power_plugged=True), 100, True, None),
        (SimpleNamespace(percent=7, secsleft=psutil.POWER_TIME_UNKNOWN, power_plugged=False), 7, False, None),
        (SimpleNamespace(percent=90, secsleft=10**9, power_plugged=False), 90, False, None),
        (SimpleNamespace(percent=90, secsleft=600, power_plugged=None), 90, False, 10),
    ],
)
def test_what_a_battery_reads(read, percent, plugged, minutes):
    found = processes.battery(lambda: read)
    assert (found.percent, found.plugged) == (percent, plugged)
    assert (found.left.total_seconds() / 60 if found.left else None) == minutes


def test_a_machine_without_a_battery():
    assert processes.battery(lambda: None) is None


async def test_a_mac_lists_its_applications_with_their_chinese_names(tmp_path):
    resources = tmp_path / "Calculator.app/Contents/Resources"
    resources.mkdir(parents=True)
    (tmp_path / "Broken.app/Contents/Resources").mkdir(parents=True)
    (resources / "InfoPlist.loctable").write_bytes(plistlib.dumps({"zh_CN": {"CFBundleDisplayName": "计算器"}}))
    programs = await MacDesktop([str(tmp_path)]).programs()
    assert [program.names for program in programs] == [("Broken",), ("Calculator", "计算器")]
    with pytest.raises(CannotDo, match="couldn't open"):
        await MacDesktop([str(tmp_path)]).open(programs[0])


async def test_windows_lists_its_start_menu(tmp_path):
    (tmp_path / "Office").mkdir()
    (tmp_path / "Office" / "Word.lnk").touch()
    assert [program.names for program in await WindowsDesktop([tmp_path]).programs()] == [("Word",)]


def test_each_system_has_its_desktop():
    assert [type(find_desktop(platform)).__name__ for platform in ("linux", "darwin", "win32")] == [
        "LinuxDesktop",
        "MacDesktop",
        "WindowsDesktop",
    ]
