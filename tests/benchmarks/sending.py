"""One sender in a process of its own: our command, or a bare session posting the very same bodies, with or without
the least a durable ledger does.

``python -m tests.benchmarks.sending ours|bare|floor|export PLAN`` in a workspace where PLAN is recorded prints one line
of JSON; imports and the reading of the bodies for the bare session are done before the clock starts.
"""

from __future__ import annotations

import io
import json
import resource
import sqlite3
import sys
import time
from collections import ChainMap
from collections.abc import Callable, Sequence
from contextlib import closing, redirect_stdout
from pathlib import Path
from typing import Any

import requests
import sqlalchemy as sa

from distribute.channels import PROVIDERS, open_provider
from distribute.channels.transport import LiveWire
from distribute.cli import main as distribute
from distribute.cli import sending as _sending  # noqa: F401  so that the verb is loaded before the clock starts
from distribute.cli.workspace import Workspace
from distribute.delivery import batch_rows, schema
from distribute.delivery.batch_rows import Claim
from distribute.delivery.database import Database, open_read_only
from distribute.delivery.packing import unpack_readers
from distribute.sources import suppressions as _suppressions  # noqa: F401  the same

PATHS = {"sendgrid": "/v3/mail/send", "postmark": "/email/batch", "resend": "/emails/batch"}


def measured(work: Callable[[], int]) -> dict[str, float]:
    """CPU and wall seconds of ``work``, and the messages it says it sent."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    number = work()
    after, ended = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return {"messages": number, "cpu": cpu, "wall": ended - began}


def ours(plan_id: str) -> dict[str, float]:
    """All that ``send --plan`` does: drift checked, begun, claimed, submitted, settled."""
    count = len(_rows(sa.select(schema.delivery.c.id).where(schema.delivery.c.status == "planned")))
    sys.argv = ["distribute", "send", "--plan", plan_id, "--confirm", str(count), "--json"]

    def work() -> int:
        out = io.StringIO()
        with redirect_stdout(out):
            try:
                distribute()
            except SystemExit as ended:
                if ended.code:
                    raise
        return sum(channel["statuses"]["accepted"] for channel in json.loads(out.getvalue())["channels"])

    return measured(work)


def bare(_plan_id: str) -> dict[str, float]:
    """``requests.Session`` as it comes, one connection, no ledger."""
    return _post(lambda _claim, post: post())


def floor(_plan_id: str) -> dict[str, float]:
    """The same, with ``sqlite3`` alone writing down that a request leaves and then what became of each in it.

    Nothing is claimed, compared or unpacked, and everybody was accepted alike: less than any ledger that
    forgets nobody can do.
    """
    with closing(sqlite3.connect("floor.db", isolation_level=None, check_same_thread=False)) as db:
        db.executescript(_FLOOR)

        def written_down(claim: Claim, post: Callable[[], None]) -> None:
            db.execute("UPDATE request SET state = 1 WHERE id = ?", (claim.batch,))
            post()
            db.execute("BEGIN IMMEDIATE")
            db.execute("UPDATE request SET state = 2 WHERE id = ?", (claim.batch,))
            db.execute("UPDATE delivery SET state = 2, name = ? WHERE request = ?", (claim.sha256, claim.batch))
            db.execute("COMMIT")

        def prepare(claims: Sequence[Claim]) -> None:
            db.execute("BEGIN")
            db.executemany("INSERT INTO request VALUES (?, 0)", [(claim.batch,) for claim in claims])
            people = [(key, claim.batch, key) for claim in claims for key in claim.keys]
            db.executemany("INSERT INTO delivery VALUES (?, ?, 0, ?)", people)
            db.execute("COMMIT")

        return _post(written_down, prepare)


_FLOOR = """
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
CREATE TABLE request (id INTEGER PRIMARY KEY, state INTEGER);
CREATE TABLE delivery (key TEXT, request INTEGER, state INTEGER, name TEXT);
CREATE INDEX of_request ON delivery (request);
"""


def _post(
    carry: Callable[[Claim, Callable[[], None]], None], prepare: Callable[[Sequence[Claim]], None] = lambda _: None
) -> dict[str, float]:
    """Post every request of the plan in turn, each one carried by ``carry``."""
    waiting = _rows(batch_rows.with_request().order_by(schema.batch.c.id))
    claims = [batch_rows.read_claim(row, lambda _: {}) for row in waiting]
    with closing(Workspace(Path())) as workspace:
        name, environ = claims[0].provider, workspace.environ
    base = environ[f"{name.upper()}_API_URL"]
    provider = open_provider(name, environ, LiveWire(Path()))
    headers: dict[str, str] = provider._headers()  # type: ignore[attr-defined]
    assert name in PROVIDERS
    prepare(claims)

    def work() -> int:
        with requests.Session() as session:
            for claim in claims:

                def post(body: bytes = claim.body) -> None:
                    response = session.post(base + PATHS[name], data=body, headers=headers, timeout=30)
                    response.raise_for_status()
                    assert response.content is not None

                carry(claim, post)
        return sum(len(claim.keys) for claim in claims)

    return measured(work)


def export(_plan_id: str) -> dict[str, Any]:
    """The plan's letters and people, for a sender that knows nothing of this program."""
    letters = {row["variant"]: row["record"] for row in _rows(sa.select(schema.letter))}
    people: dict[str, list[dict[str, Any]]] = {variant: [] for variant in letters}
    packed = _rows(sa.select(schema.request.c.readers).order_by(schema.request.c.batch))
    values = dict(ChainMap(*(unpack_readers(row["readers"]) for row in packed)))
    of_mail = schema.delivery.c.variant.is_not(None)
    for row in _rows(sa.select(schema.delivery).where(of_mail).order_by(schema.delivery.c.id)):
        facts = {"key": row["key"], "email": row["recipient"], "name": row["name"], "values": values[row["key"]]}
        people[row["variant"]].append(facts)
    return {"letters": letters, "people": people}


def _rows(query: sa.Select[Any]) -> list[sa.RowMapping]:
    db = Database(open_read_only(Path("distribute.db")))
    with db.reading() as connection:
        found = list(connection.execute(query).mappings())
    db.close()
    return found


if __name__ == "__main__":
    mode, plan = sys.argv[1:]
    answer = {"ours": ours, "bare": bare, "floor": floor, "export": export}[mode](plan)
    sys.stdout.write(json.dumps(answer) + "\n")
