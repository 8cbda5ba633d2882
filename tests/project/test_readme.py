"""What README.md tells a newcomer to type is what works and what is checked."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from erptui.cli.export import FORMATS
from erptui.cli.verbs import VERBS
from erptui.registers import REGISTERS


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text("utf-8")


def test_the_test_command_is_the_one_that_the_checks_run(root: Path, readme: str):
    (block,) = re.findall(r"^<!-- run by \.ci/run -->\n```sh\n(.*?)\n```$", readme, re.DOTALL | re.MULTILINE)
    shown = subprocess.run(["bash", ".ci/run", "--show"], cwd=root, capture_output=True, text=True, check=True)
    assert shown.stdout == block + "\n"
    assert len(block.splitlines()) == 1
    assert block.endswith(".venv/bin/pytest")


def test_both_commands_do_all_the_set_up(readme: str):
    commands = re.findall(r"^python3 -m venv \.venv && .*$", readme, re.MULTILINE)
    assert [command.rsplit("/", 1)[1] for command in commands[:2]] == ["erptui demo", "pytest"]


def test_every_verb_stands_in_the_readme_and_no_other(readme: str):
    table = readme.partition("## On the command line")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `erptui ([a-z]+)", table, re.MULTILINE)
    assert sorted(set(named)) == sorted(VERBS)
    assert sorted(re.findall(r"`erptui export ([a-z]+)", table)) == sorted(FORMATS)
    for register in REGISTERS:
        assert f"`{register}`" in table


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings, as the usual viewers make them."""
    titles = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title).strip().lower().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/formats.md"])
def test_every_link_leads_to_a_file_and_its_heading(root: Path, page: str):
    links = re.findall(r"\]\(([^)]+)\)", (root / page).read_text("utf-8"))
    inside = [link for link in links if not link.startswith("https://")]
    assert inside
    for link in inside:
        name, _hash, heading = link.partition("#")
        target = (root / page).parent / name if name else root / page
        assert target.exists(), link
        assert not heading or heading in headings(target), link
