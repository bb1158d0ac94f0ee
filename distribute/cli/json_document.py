"""What a verb prints with ``--json``, apart from what it is made of, so that a verb that needs no ledger loads none."""

from __future__ import annotations

import json
import sys
from typing import Any


def print_json(document: Any) -> None:
    """One JSON document, UTF-8, and nothing else."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
