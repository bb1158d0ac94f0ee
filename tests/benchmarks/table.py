"""The figures of one run as a page that a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

MIB = 1 << 20


def page(figures: dict[str, Any]) -> str:
    """Every table of a run, each with the aim beside what was measured."""
    parts = [f"{figures['machine']}\n{figures['command']}\n"]
    if rates := figures.get("rates"):
        parts.append(_rates(rates, figures))
    if sizes := figures.get("sizes"):
        parts.append(_sizes(sizes))
    if starts := figures.get("cold_starts"):
        parts.append(_starts(starts))
    if texts := figures.get("reading"):
        parts.append(_reading(texts))
    if ways := figures.get("letters"):
        parts.append(_letters(ways))
    if late := figures.get("lateness"):
        shown = ", ".join(f"{seconds:.3f}" for seconds in late)
        parts.append(f"A due plan's first request, seconds late (aim: < 1): {shown}; worst {max(late):.3f}\n")
    return "\n".join(parts)


def _rates(rates: Sequence[dict[str, Any]], figures: dict[str, Any]) -> str:
    rows = [
        (
            row["provider"],
            row["sender"],
            f"{row['cpu_us']:.1f}",
            f"{row['per_second']:,.0f}",
            f"{row['cpu_to_bare']:.2f}",
            f"{row['cpu_to_ours']:.2f}",
            f"{1 / row['speed_of_ours_to_it']:.2f}",
        )
        for row in rates
    ]
    heads = ("provider", "sender", "CPU us/message", "messages/s", "CPU : bare", "CPU : ours", "speed : ours")
    said = f"Sending {figures['messages']:,} messages, median of {figures['repetitions']}"
    note = "" if any(row["sender"] == "django-anymail" for row in rates) else f"\n{figures['no_peer']}\n"
    return f"{said} (aims: ours <= 2 x bare in CPU, anymail >= 3 x ours)\n{_table(heads, rows)}{note}"


def _sizes(sizes: Sequence[dict[str, Any]]) -> str:
    heads = (
        *("recipients", "provider", "plan s", "us each", "plan MiB", "send s", "us each", "send MiB"),
        *("row B", "body B", "plan file B"),
    )
    rows = []
    for size in sizes:
        shown = [f"{size['recipients']:,}", size["provider"]]
        for seconds, cpu, peak in (
            ("plan_seconds", "plan_cpu_us", "plan_peak"),
            ("send_seconds", "send_cpu_us", "send_peak"),
        ):
            if seconds in size:
                shown += [f"{size[seconds]:.1f}", f"{size[cpu]:.0f}", f"{size[peak] / MIB:.0f}"]
        shown += [f"{size[name]:.0f}" for name in ("row_bytes", "body_bytes", "plan_file") if name in size]
        rows.append(tuple(shown))
    done = [size for size in sizes if "send_peak" in size]
    ratios = "".join(
        f"Memory at {size['recipients']:,} against {done[0]['recipients']:,} (aim: <= 1.3): "
        f"plan {size['plan_peak'] / done[0]['plan_peak']:.2f}, send {size['send_peak'] / done[0]['send_peak']:.2f}\n"
        for size in done[1:]
        if size["provider"] == done[0]["provider"]
    )
    failed = "".join(f"{size['recipients']:,}: {size['could_not']}\n" for size in sizes if "could_not" in size)
    said = "Fresh processes, whole commands (aim: <= 300 B in the delivery row beyond the address)"
    return f"{said}\n{_table(heads, rows)}{ratios}{failed}"


def _starts(starts: Sequence[dict[str, Any]]) -> str:
    heads = ("command", "ms", "ratio", "CPU ms", "CPU ratio")
    rows = [
        (
            row["command"],
            *(f"{row['seconds'] * 1000:.0f}", f"{row['ratio']:.1f}"),
            *(f"{row['cpu_seconds'] * 1000:.0f}", f"{row['cpu_ratio']:.1f}"),
        )
        for row in starts
    ]
    return f"Cold starts (aim: --help and show <= 6)\n{_table(heads, rows)}"


def _letters(ways: Sequence[dict[str, Any]]) -> str:
    heads = ("for each reader", "by", "CPU us/message", "messages/s", "CPU : ours")
    rows = [
        (row["task"], row["way"], f"{row['cpu_us']:.1f}", f"{row['per_second']:,.0f}", f"{row['to_ours']:.1f}")
        for row in ways
    ]
    return f"A letter for each reader, one core (aim: 10,000 a second)\n{_table(heads, rows)}"


def _reading(texts: Sequence[dict[str, Any]]) -> str:
    heads = ("text", "", "CPU s/MB", ": str.split", "growth", "check s/MB")
    rows = [
        (
            row["text"],
            "",
            f"{row['seconds_per_mb']:.2f}",
            f"{row['splits']:.0f}",
            f"{row['growth']:.2f}",
            f"{row['checking_per_mb']:.2f}",
        )
        for row in texts
    ]
    said = "Reading and checking a release (aims: reading under a second for each MB; growth 1.00)"
    return f"{said}\n{_table(heads, rows)}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [tuple(heads), *map(tuple, rows)]
    widths = [max(len(line[n]) for line in lines if n < len(line) and (n + 1 <= len(heads))) for n in range(len(heads))]
    return "".join(
        "  ".join(
            cell.ljust(width) if n < 2 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(line, [*widths, 0], strict=False))
        ).rstrip()
        + "\n"
        for line in lines
    )
