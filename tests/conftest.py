"""The tests see the zone data the program sees, not this machine's."""

from __future__ import annotations

from distribute.cli.zone_data import use_bundled_zones

use_bundled_zones()
