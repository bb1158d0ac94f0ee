"""Files that come with the program: the example release, the example list, the example settings."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
RELEASE = "belarus-police.txt"
SIDECAR = "belarus-police.toml"
LIST = "example.csv"
SUPPRESSIONS = "suppressions.csv"
SETTINGS = "config.example.env"

_IN_A_WHEEL = {LIST: "invented-journalists.txt", SUPPRESSIONS: "invented-suppressions.txt"}
_IN_A_CHECKOUT = {
    LIST: Path("recipients") / LIST,
    SUPPRESSIONS: Path("recipients") / SUPPRESSIONS,
    SETTINGS: Path(SETTINGS),
}


def bundled(name: str) -> bytes:
    """The bytes of a bundled file: inside the installed package, or where a checkout keeps it."""
    inside = PACKAGE / "examples" / _IN_A_WHEEL.get(name, name)
    path = inside if inside.is_file() else PACKAGE.parent / _IN_A_CHECKOUT[name]
    return path.read_bytes()
