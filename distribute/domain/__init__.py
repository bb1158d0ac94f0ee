"""Plain Python: what a release, a media list, a plan and a delivery are. No I/O, no clock."""
