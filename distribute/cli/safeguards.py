"""Safeguards of later versions: setting one must never pass for having it."""

from __future__ import annotations

from collections.abc import Mapping

NOT_HERE = {
    "REQUIRE_TEST": "test copies",
}


def unsupported(environ: Mapping[str, str]) -> list[str]:
    """Safeguards that are switched on and that this version does not have."""
    return [
        f"{name} is set, but this version does not know {what} yet: take it out, nothing enforces it"
        for name, what in NOT_HERE.items()
        if environ.get(name, "").strip().lower() not in {"", "0", "no", "off", "false"}
    ]
