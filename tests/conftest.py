"""The tests see the zone data the program sees, not this machine's, and the same invented texts every time.

HUNT=1 looks for texts nobody has tried yet.
"""

from __future__ import annotations

import os

from hypothesis import settings

from distribute.cli.zone_data import use_bundled_zones

use_bundled_zones()
settings.register_profile("steady", derandomize=True)
if "HUNT" not in os.environ:
    settings.load_profile("steady")
