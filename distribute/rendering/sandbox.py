"""What a template may not ask for: attributes of Python, and numbers of things that nobody writes in a letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST = 10_000
"""Of anything: turns of a counted loop, blanks, copies. The longest letter has some 90,000 characters."""

_SIZED = dict.fromkeys(("batch", "center", "format", "indent", "round", "slice"), 1)
_SIZED |= dict.fromkeys(("tojson", "truncate", "wordwrap"), 2)
"""Filters that are asked for a size, and how many arguments come before it."""

_WIDTH = re.compile(r"\*|[0-9]{5,}")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own sandbox, which also refuses at once what would fill the memory with a single word.

    There is no ``safe`` filter: text is marked up in templates, never smuggled through them. What takes long or
    grows bit by bit is not seen here: see :mod:`distribute.rendering.confinement`.
    """

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        del self.filters["safe"], self.globals["lipsum"]
        self.filters |= {name: _modest(name, self.filters[name], given) for name, given in _SIZED.items()}
        self.globals["range"] = _modest("range", range, 0)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" and not (_is_small(left) and _is_small(right)):
            raise SecurityError(f"{left!r:.20} ** {right!r:.20} is a number nobody needs")
        if operator == "*":
            for many, things in ((left, right), (right, left)):
                if isinstance(many, int) and isinstance(things, (str, bytes, list, tuple)):
                    _check("*", [many * len(things)])
        if operator == "%" and isinstance(left, (str, bytes)):
            _check_format(str(left))
        return super().call_binop(context, operator, left, right)

    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:
        text, name = getattr(obj, "__self__", None), getattr(obj, "__name__", "")
        if isinstance(text, (str, bytes)):
            if name in {"format", "format_map"}:
                _check_format(str(text))
            else:
                _check(name, [*args, *kwargs.values()])
            if name in {"replace", "join"}:
                longest = max((len(one) for one in args if isinstance(one, str)), default=0)
                _check(name, [len(text) * longest // MOST])
        return super().call(context, obj, *args, **kwargs)


def _modest(name: str, function: Callable[..., Any], given: int) -> Callable[..., Any]:
    """``function``, refusing large numbers behind the first ``given`` arguments."""

    def asked(*args: Any, **kwargs: Any) -> Any:
        if name == "format":
            _check_format(str(args[0]))
        else:
            _check(name, [*args[given:], *kwargs.values()])
        return function(*args, **kwargs)

    return wraps(function, updated=("__dict__",) if hasattr(function, "__dict__") else ())(asked)


def _check(name: str, numbers: Iterable[Any]) -> None:
    for number in numbers:
        if isinstance(number, int) and abs(number) > MOST:
            shown = f"{number:,}" if abs(number) < 10**12 else "far too many"
            raise SecurityError(f"“{name}” is asked for {shown} of something, and {MOST:,} is the most")


def _check_format(form: str) -> None:
    if _WIDTH.search(form):
        raise SecurityError("a format asks for more room than a letter has")


def _is_small(number: Any) -> bool:
    return isinstance(number, (int, float)) and abs(number) <= 1000
