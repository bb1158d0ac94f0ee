"""One zone database, whatever the machine has."""

from __future__ import annotations

import subprocess
import sys
import zoneinfo
from pathlib import Path

import pytest
import tzdata

from distribute.cli import zone_data
from distribute.cli.zone_data import use_bundled_zones
from distribute.domain.instant import parse_instant
from tests.cli.conftest import Command, child_environment
from tests.delivery.builders import NOON


def zone_file(hours: int) -> bytes:
    """A zone file (RFC 8536) of version 1 with one offset and no changes."""
    header = b"TZif" + bytes(16) + b"".join(number.to_bytes(4, "big") for number in (0, 0, 0, 0, 1, 4))
    return header + (hours * 3600).to_bytes(4, "big", signed=True) + bytes(2) + b"ODD\0"


@pytest.fixture
def odd_zones(tmp_path: Path) -> Path:
    """A machine on which Toronto lies far in the east."""
    folder = tmp_path / "zoneinfo"
    (folder / "America").mkdir(parents=True)
    (folder / "America" / "Toronto").write_bytes(zone_file(9))
    return folder


def test_the_version_is_that_of_the_package() -> None:
    assert zone_data.VERSION == tzdata.IANA_VERSION


def test_the_machines_own_files_are_not_asked(odd_zones: Path) -> None:
    zoneinfo.reset_tzpath([str(odd_zones)])
    zoneinfo.ZoneInfo.clear_cache()
    try:
        text = "2026-11-24 06:00 America/Toronto"
        assert parse_instant(text, NOON, "UTC").iso == "2026-11-23T21:00:00Z", "by itself zoneinfo believes the machine"
        use_bundled_zones()
        zoneinfo.ZoneInfo.clear_cache()
        assert parse_instant(text, NOON, "UTC").iso == "2026-11-24T11:00:00Z"
    finally:
        use_bundled_zones()
        zoneinfo.ZoneInfo.clear_cache()


def test_every_name_of_the_package_is_found_in_it_alone() -> None:
    use_bundled_zones()
    assert [Path(folder) for folder in zoneinfo.TZPATH] == [Path(tzdata.__file__).with_name("zoneinfo")]
    assert {"Europe/Kyiv", "America/Toronto", "Australia/Lord_Howe"} <= zoneinfo.available_timezones()


@pytest.mark.slow
def test_a_verb_uses_them_from_its_first_zone_on(workspace: Path, odd_zones: Path) -> None:
    """A process of its own, whose settings name a zone that this machine has wrong."""
    command = ("plan", "bridge.txt", "--to", "press", "--at", "2126-11-24 06:00", "--json")
    ran = subprocess.run(
        [sys.executable, "-m", "distribute", *command],
        cwd=workspace,
        env=child_environment(PYTHONTZPATH=str(odd_zones), DISTRIBUTE_TIMEZONE="America/Toronto"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"at": "2126-11-24T11:00:00Z"' in ran.stdout


def test_a_plan_says_which_edition_found_its_instants(
    distribute: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("plan", "bridge.txt", "--to", "press", "--at", "2126-11-24 06:00 America/Toronto", "--json")
    plan = distribute(*words).json
    header = (workspace / "plans" / f"{plan['plan']}.jsonl").read_text().splitlines()[0]
    assert f'"tzdata":"{tzdata.IANA_VERSION}"' in header
    monkeypatch.setattr(zone_data, "VERSION", "2099z")
    again = distribute(*words).json
    assert (again["plan"], again["hash"]) == (plan["plan"], plan["hash"]), "the same instants are the same plan"


def test_a_plan_whose_country_has_changed_its_clocks_is_named(
    distribute: Command, workspace: Path, odd_zones: Path
) -> None:
    """Planned where Toronto lies in the east; today's data say otherwise."""
    words = ("plan", "bridge.txt", "--to", "press", "--at", "2126-11-24 06:00 America/Toronto", "--json")
    subprocess.run(
        [sys.executable, "-c", OLD_DATA, str(odd_zones), *words],
        cwd=workspace,
        env=child_environment(),
        capture_output=True,
        check=True,
    )
    (standing,) = distribute("status", "--json").json["plans"]
    (note,) = standing["notes"]
    assert "email was planned for 2126-11-24 06:00 America/Toronto by the zone data 2020a" in note
    assert "16:00 America/Toronto" in note
    assert note in distribute("status").out
    assert note in distribute("doctor", "--offline").out
    assert distribute("cancel", standing["plan"]).code == 0
    assert distribute("status", standing["plan"], "--json").json["notes"] == []


OLD_DATA = """
import sys, zoneinfo
from distribute.cli import main, zone_data
folder = sys.argv.pop(1)
zone_data.VERSION = "2020a"
zone_data.use_bundled_zones = lambda: zoneinfo.reset_tzpath([folder])
sys.argv[0] = "distribute"
main()
"""
