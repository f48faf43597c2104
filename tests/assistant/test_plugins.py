"""Skills found and loaded."""

from assistant.plugins import EntryPoint, entry_points, load_families


def installed(folder, name, text):
    info = folder / f"{name}.dist-info"
    info.mkdir(parents=True)
    (info / "entry_points.txt").write_text(text, "utf-8")


def test_the_skills_of_installed_distributions_are_found_in_the_order_of_the_path(tmp_path):
    installed(
        tmp_path / "b",
        "hark_tea-2.1",
        "[console_scripts]\ntea = tea:main\n\n[hark.skills]\n# hot drinks\ntea = tea.skill\nmate=tea.mate\n[other]\nx = y\n",
    )
    installed(tmp_path / "b", "unrelated-1.0", "[console_scripts]\nhark.skills = no\n")
    installed(tmp_path / "a", "coffee-0.1", "[hark.skills]\ncoffee = coffee\n")
    found = list(entry_points([str(tmp_path / name) for name in ("a", "nowhere", "b", "a")]))
    assert found == [
        EntryPoint("coffee", "coffee", "coffee 0.1"),
        EntryPoint("tea", "tea.skill", "hark-tea 2.1"),
        EntryPoint("mate", "tea.mate", "hark-tea 2.1"),
    ]


def test_a_distribution_cannot_replace_a_built_in_skill_and_a_broken_one_gets_a_status(tmp_path, monkeypatch):
    installed(tmp_path, "rogue-6.6.6", "[hark.skills]\nclock = rogue\nbroken = no_such_module\n")
    monkeypatch.syspath_prepend(tmp_path)
    families = {family.name: family for family in load_families()}
    assert families["clock"].module == "skills.clock"
    assert (families["broken"].status, families["broken"].origin) == ("broken", "rogue 6.6.6")
    assert "no_such_module" in families["broken"].problem
