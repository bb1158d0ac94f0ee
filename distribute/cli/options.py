"""Options that several verbs share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import click

from distribute.cli.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])

RELEASE = click.argument("release", type=click.Path(path_type=Path, dir_okay=False))
BY = click.option("--by", metavar="NAME", help="Who decides it (default: DISTRIBUTE_USER, else your login name).")
CONFIRM = click.option("--confirm", type=int, metavar="COUNT", help="The number of deliveries, instead of typing it.")
JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")

_TO = click.option("--to", "to", multiple=True, metavar="LIST", help="A media list, or a part: press:language=fr.")
_EXCEPT = click.option("--except", "leave_out", multiple=True, metavar="LIST", help="Leave these people out.")
_ON = click.option("--on", "on", multiple=True, metavar="CHANNEL", help="mastodon, bluesky, x; e-mail goes with --to.")
_AT = click.option(
    "--at", "at", multiple=True, metavar="WHEN", help="now, in 2h, 2026-11-24 06:00 America/Toronto; or CHANNEL=WHEN."
)
_NOTE = click.option(
    "--note", "note", multiple=True, metavar="[LIST=]FILE", help="A covering note above the release, for a list or all."
)
_ATTACH = click.option(
    "--attach", "attach", multiple=True, metavar="FILE", help="A PDF, JPEG or PNG with every letter; a link is better."
)
_INLINE = click.option(
    "--inline-images", "is_inlining", is_flag=True, help="Pictures of the document come with the letter."
)
_EMBARGO = click.option("--embargo", metavar="WHEN", help="Until when nobody may publish.")
_SET = click.option(
    "--set", "given", multiple=True, metavar="KEY=VALUE", help="What the text lacks: link=https://…, language=fr."
)


def with_workspace(verb: F) -> F:
    """Add ``--workspace`` and ``--debug``; the verb's first argument is the Workspace."""

    @click.option(
        "--workspace",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(),
        help="The folder with .env and recipients/ (default: this one).",
    )
    @click.option("--debug", is_flag=True, expose_value=False, help="Show where an error comes from.")
    @functools.wraps(verb)
    def wrapper(workspace: Path, *args: Any, **kwargs: Any) -> Any:
        with closing(Workspace(workspace)) as opened:
            return verb(opened, *args, **kwargs)

    return wrapper  # type: ignore[return-value]


def with_release_options(verb: F) -> F:
    """Add what can be said about a release on the command line: ``--embargo`` and ``--set``."""
    return _EMBARGO(_SET(verb))


def with_order_options(verb: F) -> F:
    """Add whom, where, when and with which words and files: ``--to``, ``--on``, ``--note``, ``--attach`` and so on."""
    return _TO(_EXCEPT(_ON(_AT(_NOTE(_ATTACH(_INLINE(with_release_options(verb))))))))
