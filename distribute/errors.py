"""Every exception of the house. Each message is a sentence a press officer can act on.

DistributeError                 exit code 1
├── InputError                  exit code 2: nothing was changed
│   ├── ConfigError             a setting is missing or malformed; names all of them at once
│   ├── SourceError             a file cannot be understood; carries path and line
│   ├── InstantError            a date and time that does not exist, is ambiguous or unreadable
│   ├── RenderError             a template is wrong, or a release does not fit; carries the template
│   └── PlanError               the plan would break a promise, has drifted, or does not exist
├── LedgerError                 the ledger cannot be read or written
│   ├── LedgerAway              its database cannot be reached now; may be tried again
│   └── LateAnswer              somebody else has decided meanwhile what an answer was about
├── ClockError                  the clock cannot be believed, or the time it is held against cannot be told
└── SubmissionError             what an attempt at a provider came to, when it was not a receipt
    ├── TryLater                proven not sent; may be repeated after a pause
    ├── Unauthorised            proven not sent; the account is refused, so the plan must be held
    ├── BatchRefused            proven not sent; something in the batch is at fault
    └── Uncertain               it left us and no readable answer came back; never sent again blindly
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class DistributeError(Exception):
    """The root: what a person may see as one sentence."""

    exit_code = 1


class InputError(DistributeError):
    """Something handed over is wrong; nothing was changed."""

    exit_code = 2


class ConfigError(InputError):
    """One or more settings are missing or malformed."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class SourceError(InputError):
    """A file that cannot be understood, with its path and, where one is to blame, its line."""

    def __init__(self, message: str, path: Path | str | None = None, line: int | None = None) -> None:
        self.path = path
        self.line = line
        where = f"{path}:{line}" if path and line else str(path) if path else ""
        super().__init__(f"{where}: {message}" if where else message)


class InstantError(InputError):
    """A date and time that cannot be resolved to exactly one instant."""


class RenderError(InputError):
    """A template that cannot be rendered, or a release that does not fit into its form."""

    def __init__(self, message: str, template: str | None = None, line: int | None = None) -> None:
        self.template = template
        self.line = line
        where = f"{template}:{line}" if template and line else template or ""
        super().__init__(f"{where}: {message}" if where else message)


class PlanError(InputError):
    """A plan that may not be made or may not be carried out."""


class LedgerError(DistributeError):
    """The ledger cannot be read or written; nothing more leaves because of it."""


class LedgerAway(LedgerError):
    """The ledger's database cannot be reached or is busy; the same may succeed in a while."""


class ClockError(DistributeError):
    """The clock cannot be believed, or the time it is held against cannot be told; nothing left because of it."""


class LateAnswer(LedgerError):
    """An answer to a request that was given up, since whoever made it was taken for dead; it changes nothing."""


class SubmissionError(DistributeError):
    """An attempt that ended without an answer for each recipient."""


class TryLater(SubmissionError):
    """Proven not sent. ``after`` is the pause the provider asked for, in seconds."""

    def __init__(self, message: str, after: float = 60.0) -> None:
        self.after = after
        super().__init__(message)


class Unauthorised(SubmissionError):
    """Proven not sent: credentials, quota or sender domain are refused for every message."""


class BatchRefused(SubmissionError):
    """Proven not sent: the provider refused the whole request because of what is in it."""


class Uncertain(SubmissionError):
    """The request left and its outcome is not known."""
