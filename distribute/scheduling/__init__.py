"""When a plan is due, and the alarm clock that says so."""
