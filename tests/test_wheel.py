"""The wheel: what is committed of the packages is in it, and what an installed Hark finds its skills by."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

PACKAGES = ("assistant", "audio", "models", "skills")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel without a network; that takes uv and the build backend in its cache."""
    if not shutil.which("uv"):
        pytest.skip("uv is not installed")
    folder = tmp_path_factory.mktemp("dist")
    built = subprocess.run(
        ["uv", "build", "--wheel", "--offline", "-q", "-o", folder], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if built.returncode and "network" in built.stderr.casefold():
        pytest.skip("the build backend is not in uv's cache")
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        yield archive


def test_everything_committed_of_the_packages_is_in_it(wheel):
    committed = subprocess.run(["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    assert committed, "this is a checkout"
    assert set(committed) <= set(wheel.namelist())


def test_it_names_every_skill_and_the_command(wheel):
    points = next(wheel.read(name).decode() for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "hark = assistant.cli:main" in points
    for line in (
        (ROOT / "pyproject.toml").read_text("utf-8").partition('[project.entry-points."hark.skills"]')[2].partition("\n[")[0].split("\n")
    ):
        assert line.replace('"', "").strip() in points
