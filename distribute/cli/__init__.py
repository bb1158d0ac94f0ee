"""The command line: verbs a press officer says, and one place where errors become sentences."""

from __future__ import annotations

import importlib
import sys
import traceback

import click

from distribute import __version__
from distribute.errors import DistributeError

VERBS = {
    "demo": "setup:demo",
    "init": "setup:init",
    "check": "release:check_release",
    "show": "release:show",
    "preview": "release:preview",
    "plan": "sending:plan",
    "send": "sending:send",
    "run": "running:run_worker",
    "status": "standing:status",
    "report": "standing:report",
    "lists": "lists:lists",
    "doctor": "doctor:doctor",
}


class Verbs(click.Group):
    """Loads a verb when it is called, so that ``--help`` and ``show`` start at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  the same
        if cmd_name not in VERBS:
            return None
        module, name = VERBS[cmd_name].split(":")
        return getattr(importlib.import_module(f"distribute.cli.{module}"), name)  # type: ignore[no-any-return]


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="distribute")
def distribute() -> None:
    """Get a press release to journalists and the public: understood, planned, sent once.

    Begin with `distribute demo`, then `distribute init` in a folder of your own.
    """


def main() -> None:
    """The entry point: runs a verb and exits 0 done, 1 failed, 2 wrong usage or input, 3 done in part."""
    try:
        code = distribute.main(prog_name="distribute", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.Abort:
        click.echo("distribute: stopped; nothing was sent.", err=True)
        code = 1
    except DistributeError as error:
        _show_trace_if_asked()
        click.echo(f"distribute: {error}", err=True)
        code = error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        code = 1
    except Exception as error:  # noqa: BLE001  the last door: a fault of ours is a sentence, too
        _show_trace_if_asked()
        click.echo(
            f"distribute: stumbled over a fault of its own ({type(error).__name__}: {error}). What was sent is in "
            "`distribute status`; run the command again with --debug and pass on what it prints.",
            err=True,
        )
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _show_trace_if_asked() -> None:
    if "--debug" in sys.argv:
        traceback.print_exc()
