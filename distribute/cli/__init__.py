"""The command line: verbs a press officer says, and one place where errors become sentences."""

from __future__ import annotations

import gc
import importlib
import sys
from functools import cache
from types import ModuleType

import click

from distribute import __version__
from distribute.errors import DistributeError

VERBS = {
    "demo": ("setup:demo", "Do the whole job on the bundled release; nothing leaves this machine."),
    "init": ("setup:init", "Make a workspace: .env, an example list, folders."),
    "check": ("checking:check_release", "Say what a newsroom editor would."),
    "show": ("release:show", "Show the release as understood."),
    "preview": ("release:preview", "Write one page that shows the whole send."),
    "test": ("testing:send_test", "Send the letter, marked TEST, to addresses of your own."),
    "plan": ("freezing:plan", "Freeze who gets what, when, through whom. Sends nothing."),
    "approve": ("approving:approve", "Sign a plan that somebody else made."),
    "send": ("sending:send", "Plan, ask, then send; or schedule."),
    "release": ("releasing:release", "Start an armed plan; nothing else does."),
    "run": ("running:run_worker", "Send what is due, at its instant; carry on what was interrupted."),
    "status": ("standing:status", "Show where everything stands."),
    "report": ("standing:report", "Show what each recipient and network got."),
    "hold": ("holding:hold", "Let nothing more of a plan leave until somebody resumes it."),
    "resume": ("holding:resume", "Let a held plan go on."),
    "cancel": ("holding:cancel", "Let nothing more of a plan leave, ever."),
    "resolve": ("resolving:resolve", "Ask about what is uncertain, or say what you know."),
    "lists": ("lists:lists", "Look at the media lists in recipients/."),
    "doctor": ("doctor:doctor", "Say what would stop a send today."),
}
"""Each verb with where it is and what it does, in the order of a press officer's day."""


class Verbs(click.Group):
    """Loads a verb when it is called, so that ``--help`` and ``show`` start at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(VERBS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  the same
        """The list of verbs, written without importing one."""
        with formatter.section("Verbs"):
            formatter.write_dl([(verb, sentence) for verb, (_, sentence) in VERBS.items()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  the same
        if cmd_name not in VERBS:
            return None
        module, name = VERBS[cmd_name][0].split(":")
        return getattr(_import(f"distribute.cli.{module}"), name)  # type: ignore[no-any-return]


@cache
def _import(module: str) -> ModuleType:
    """A module with all it imports. None of that becomes garbage, so none is looked for, now or when the program ends.

    Looking for it takes a fifth of `status`.
    """
    gc.disable()
    try:
        return importlib.import_module(module)
    finally:
        gc.freeze()
        gc.enable()


def _paint_nothing(context: click.Context, _option: click.Parameter, wish: str | None) -> None:
    """No colours, not even on a terminal, where NO_COLOR is set to anything (https://no-color.org)."""
    if wish:
        context.color = False


@click.command(
    cls=Verbs,
    subcommand_metavar="VERB ...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="distribute")
@click.option("--no-colour", envvar="NO_COLOR", hidden=True, is_eager=True, expose_value=False, callback=_paint_nothing)
def distribute() -> None:
    """Get a press release to journalists and the public: understood, planned, sent once.

    Begin with `distribute demo`, then `distribute init` in a folder of your own.
    """
    from distribute.cli.zone_data import use_bundled_zones  # noqa: PLC0415  `--help` needs no zones

    use_bundled_zones()


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
        import traceback  # noqa: PLC0415  where somebody asks for one

        traceback.print_exc()
