"""README, ``config.example.env``, ``--help`` and CHANGELOG say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from distribute import __version__
from distribute.channels import CHANNELS, PROVIDERS
from distribute.cli import VERBS, distribute
from distribute.config import Settings, variable

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
EXAMPLE = (ROOT / "config.example.env").read_text()


def variables() -> set[str]:
    names = {variable(field) for field in Settings.__dataclass_fields__}
    for name, provider in PROVIDERS.items():
        names |= {variable(field, name) for field in provider.Settings.__dataclass_fields__}
    return names


def test_the_two_commands_stand_first() -> None:
    first = README.split("```")[1]
    assert [line.split("#")[0].strip() for line in first.splitlines()[1:] if line] == ["$ make demo", "$ make test"]


def test_every_verb_is_in_the_readme_and_every_verb_there_exists() -> None:
    table = README.split("## Verbs")[1].split("## ")[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    calls = [call for cell in first_cells for call in re.findall(r"`([^`]*)`", cell)]
    named = {call.split()[0] for call in calls if not call.startswith("-")}
    assert named == set(VERBS)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_explains_itself(verb: str) -> None:
    command = distribute.get_command(click.Context(distribute), verb)
    assert command is not None
    result = CliRunner().invoke(distribute, [verb, "--help"])
    assert result.exit_code == 0
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, f"{verb} {parameter.name}"


def test_every_option_the_readme_uses_exists() -> None:
    known = {"--constraint"}
    for verb in VERBS:
        command = distribute.get_command(click.Context(distribute), verb)
        commands = [command, *getattr(command, "commands", {}).values()]
        known |= {option for it in commands if it for parameter in it.params for option in parameter.opts}
    used = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))
    assert used <= known


def test_readme_and_example_name_every_setting_and_no_other() -> None:
    in_readme = set(re.findall(r"`([A-Z][A-Z_]+)`", README.split("## Settings")[1].split("## Verbs")[0]))
    assert in_readme == variables()
    assert set(re.findall(r"(?m)^([A-Z_]+)=", EXAMPLE)) == variables()


def test_every_provider_and_channel_is_in_the_readme() -> None:
    table = README.split("## Providers")[1].split("## ")[0]
    for name in {*PROVIDERS, *CHANNELS} - {"email"}:
        assert re.search(rf"\| `?{name}`? ", table), name


def test_the_changelog_knows_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_the_release_in_the_readme_is_one_the_program_understands(tmp_path: Path) -> None:
    text = README.split("```text\n")[1].split("```")[0]
    path = tmp_path / "bridge.txt"
    path.write_text(text)
    result = CliRunner().invoke(distribute, ["check", str(path), "--workspace", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "0 errors" in result.output
