"""Files: found by words, folders, kinds and months in either language; programs are never run."""

import os
import stat
import sys
from datetime import UTC, datetime

import pytest

from assistant.desktops.linux import LinuxDesktop
from assistant.skill import CannotDo, Question
from assistant.testing import FakeContext
from skills import files, filing
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning

FILES = {
    "Documents/Bills/invoice_2026-03-14.pdf": "2026-03-14",
    "Documents/Bills/invoice_2026-06-02.pdf": "2026-06-02",
    "Documents/Bills/electricity bill.pdf": "2026-11-02",
    "Documents/租房合同.docx": "2025-08-01",
    "Documents/taxReturn2025.xlsx": "2026-05-05",
    "Downloads/boarding-pass.pdf": "2026-11-22",
    "Downloads/三月发票.pdf": "2026-03-20",
    "Downloads/report.sh": "2026-11-01",
    "Pictures/Lisbon/IMG_2041.jpg": "2026-07-09",
    ".cache/invoice.pdf": "2026-03-01",
    "Documents/.git/invoice.pdf": "2026-03-01",
    "code/node_modules/invoice.pdf": "2026-03-01",
}


@pytest.fixture
def ctx(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for name, day in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
        at = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC).timestamp()
        os.utime(file, (at, at))
    return FakeContext(settings={"folders": [str(tmp_path)]})


def shown(ctx):
    return [path.name for path in ctx.desktop.shown]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("find the invoice from March", ("find", "invoice from March")),
        ("find the file called wedding seating", ("find", "wedding seating")),
        ("where did I save my thesis", ("find", "thesis")),
        ("open my cv document", ("open", "cv")),
        ("open logbook.pdf", ("open", "logbook.pdf")),
        ("open the folder called Falmouth", ("open", "Falmouth")),
        ("找一下三月的发票", ("find", "三月的发票")),
        ("打开租房合同", ("open", "租房合同")),
        ("打开下载文件夹", ("open", "下载")),
    ],
)
def test_what_people_say(text, meant):
    assert meaning(text) == (f"files.{meant[0]}", {"query": meant[1]})


@pytest.mark.parametrize("text", ["open Firefox", "find my phone", "open the file manager", "打开微信", "打开灯"])
def test_what_is_no_file_is_left_to_others(text):
    meant = meaning(text)
    assert meant is None or not meant[0].startswith("files.")


@pytest.mark.parametrize("row", held_out("files"), ids=lambda row: row["text"])
async def test_what_nobody_trained_on_is_answered(row, ctx):
    await run(row, FakeContext(row["language"], heard=row["text"], settings=ctx.settings))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("invoice from March", ["invoice_2026-03-14.pdf", "三月发票.pdf"]),
        ("三月的发票", ["三月发票.pdf", "invoice_2026-03-14.pdf"]),
        ("六月的发票", ["invoice_2026-06-02.pdf"]),
        ("tax return", ["taxReturn2025.xlsx"]),
        ("elektricity bill", ["electricity bill.pdf"]),
        ("关于租房的合同", ["租房合同.docx"]),
        ("photos from Lisbon", ["IMG_2041.jpg"]),
        ("IMG_2041", ["IMG_2041.jpg"]),
        ("登机牌", ["boarding-pass.pdf"]),
        ("the latest pdf", ["boarding-pass.pdf"]),
        ("pdf from yesterday", ["boarding-pass.pdf"]),
        ("bills folder", ["Bills"]),
    ],
)
async def test_a_file_is_found_in_either_language(ctx, query, names):
    found = await files.looked_for(ctx, query)
    assert sorted(each.path.name for each in found) == sorted(names)


async def test_at_most_three_are_named_with_their_folders(ctx):
    reply = await files.find(ctx, query="pdf")
    assert reply.en.startswith("I found 5: boarding-pass.pdf in Downloads; electricity bill.pdf in Documents/Bills; ")
    assert reply.en.endswith("; and 2 more.")
    reply = await files.find(ctx, query="tax return")
    assert (reply.en, reply.zh) == ("I found taxReturn2025.xlsx in Documents.", "找到了Documents里的taxReturn2025.xlsx。")


@pytest.mark.parametrize("query", ["unicorn", "", "the", "三月", "🙂", "a" * 5000, "../../etc/passwd"])
async def test_what_is_not_there_is_told(ctx, query):
    found = await files.find(ctx, query=query)
    assert found.en
    assert "passwd" not in found.en or "no file" in found.en


async def test_hidden_folders_and_those_of_programs_are_skipped(ctx):
    found = await files.looked_for(ctx, "invoice")
    assert {each.path.parent.name for each in found} <= {"Bills", "Downloads"}


async def test_what_is_meant_is_opened_by_the_desktop(ctx):
    reply = await files.open_(ctx, query="租房合同")
    assert reply.zh == "正在打开租房合同.docx。"
    assert reply.undo is None
    assert shown(ctx) == ["租房合同.docx"]


@pytest.mark.parametrize(
    ("answer", "opened"),
    [("the first one", "invoice_2026-06-02.pdf"), ("the second", "三月发票.pdf"), ("the 03-14 one", "invoice_2026-03-14.pdf")],
)
async def test_which_of_several_is_asked(ctx, answer, opened):
    ctx.heard = "open the invoice"
    question = await files.open_(ctx, query="invoice")
    assert isinstance(question, Question)
    assert question.slot == "query"
    assert question.en.startswith("Which one: invoice_2026-06-02.pdf in Documents/Bills, or ")
    assert not ctx.desktop.shown
    await files.open_(ctx, query=answer)
    assert shown(ctx) == [opened]


@pytest.mark.parametrize("name", ["report.sh", "setup.exe", "tool.desktop", "game.AppImage", "macro.js"])
async def test_a_program_is_never_run(ctx, tmp_path, name):
    (tmp_path / "Downloads" / name).write_text("x")
    with pytest.raises(CannotDo, match="is a program"):
        await files.open_(ctx, query=name.partition(".")[0])
    assert not ctx.desktop.shown


async def test_a_link_to_a_program_and_what_may_be_run_are_not_opened(ctx, tmp_path):
    (tmp_path / "Documents" / "letter.pdf").symlink_to(tmp_path / "Downloads" / "report.sh")
    runner = tmp_path / "Documents" / "runner"
    runner.write_text("#!/bin/sh")
    runner.chmod(runner.stat().st_mode | stat.S_IXUSR)
    for query in ("letter", "runner"):
        with pytest.raises(CannotDo, match="is a program"):
            await files.open_(ctx, query=query)


async def test_an_index_is_asked_when_there_is_one(ctx, tmp_path):
    if sys.platform != "linux":
        pytest.skip("the index of Linux")
    far = tmp_path / "deep" / "zebra.txt"
    far.parent.mkdir()
    far.write_text("x")
    hidden = tmp_path / ".cache" / "zebra.txt"
    hidden.write_text("x")
    index = tmp_path / "bin" / "plocate"
    index.parent.mkdir()
    index.write_text(f"#!/bin/sh\necho {far}\necho {hidden}\necho /etc/zebra.txt\n")
    index.chmod(0o755)
    assert filing.indexed(["zebra"], [tmp_path]) == {far}


def test_a_walk_ends_after_so_many_entries(tmp_path, monkeypatch):
    for number in range(20):
        (tmp_path / f"{number}.txt").write_text("")
    (tmp_path / "loop").symlink_to(tmp_path)
    monkeypatch.setattr(filing, "MOST_ENTRIES", 10)
    assert len(list(filing.walked([tmp_path]))) == 10


async def test_linux_opens_with_what_the_desktop_has_and_says_when_it_has_nothing(tmp_path):
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > {tmp_path}/opened\n')
    opener.chmod(0o755)
    environment = {"PATH": str(tmp_path), "DISPLAY": ":0", "HOME": str(tmp_path)}
    await LinuxDesktop(environment).open_path(tmp_path / "a b;c.pdf")
    assert (tmp_path / "opened").read_text() == f"{tmp_path}/a b;c.pdf"
    opener.write_text("#!/bin/sh\nexit 3\n")
    with pytest.raises(CannotDo, match="Nothing here opens"):
        await LinuxDesktop(environment).open_path(tmp_path / "a.pdf")
