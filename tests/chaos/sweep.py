"""Real processes killed, stopped, doubled, held and cancelled at random moments, over a network that fails."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from distribute.delivery.schema import attempt, batch
from distribute.domain.delivery import BatchState
from tests.chaos.ground import Broken, Ground, judge, wait_for
from tests.chaos.proxy import Fault, Proxy
from tests.chaos.sink import Sink, open_sink

PROVIDERS = ("sendgrid", "postmark", "resend", "outbox")
DEEDS = ("kill", "kill", "kill", "terminate", "second run", "hold", "cancel")
PATIENCE = 0.8
"""Seconds a command of the sweep waits for an answer."""


@dataclass
class Episode:
    """One send and what befalls it, all of it decided by the seed (but not when the system runs what)."""

    seed: int
    root: Path
    database: str = ""
    log: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = chance = random.Random(self.seed)
        self.provider = chance.choice(PROVIDERS)
        self.readers = int(50 * 60 ** chance.random())
        self.batch = chance.choice((5, 20, 100))
        self.deeds = [chance.choice(DEEDS) for _ in range(chance.randint(1, 4))]
        self.script = chance.choices(list(Fault), k=chance.choice((0, 0, 4, 12)))
        self.sink: Sink | None = None
        self.children: list[subprocess.Popen[str]] = []

    def play(self) -> dict[str, int]:
        """The counts by status; Broken when a promise was broken."""
        self.note(f"{self.readers} through {self.provider}, {self.batch} at a time, {', '.join(self.deeds)}")
        with ExitStack() as stack:
            environ = {"EMAIL_PROVIDER": self.provider, "CHAOS_BATCH": str(self.batch), "CHAOS_TIMEOUT": str(PATIENCE)}
            if self.provider != "outbox":
                self.sink = stack.enter_context(open_sink(self.provider, self.chance.choice((0.0, 0.01, 0.05))))
                proxy = stack.enter_context(Proxy(self.sink.fake.url, self.script, latency=PATIENCE / 3))
                environ[f"{self.provider.upper()}_API_URL"] = proxy.url
            self.ground = Ground(self.root, self.readers, environ, self.database)
            stack.callback(self._bury)
            self._begin()
            for deed in self.deeds:
                self._do(deed)
            for child in self.children:
                child.wait(120)
            return self._end()

    def note(self, what: str) -> None:
        self.log.append(f"{time.monotonic() % 1000:8.3f} {what}")

    @property
    def taken(self) -> Mapping[str, int]:
        """How often each address was sent to."""
        if self.sink:
            return self.sink.taken
        names = (path.name for path in (self.root / "outbox").rglob("*.eml"))
        return Counter(name.rsplit(".", 2)[0] for name in names)

    # ---- what befalls it

    def _begin(self) -> None:
        self._start("send", "bridge.txt", "--to", "press", "--confirm", str(self.readers))

    def _start(self, *args: str) -> None:
        self.note(f"start {args[0]}")
        self.children.append(self.ground.start(*args))

    def _carry_on(self) -> None:
        """As somebody would after a death; where no plan was recorded yet, the send is given again."""
        if self.ground.plans():
            self._start("run", "--until-idle")
        else:
            self._begin()

    def _do(self, deed: str) -> None:
        self._wait()
        if deed == "second run":
            self._start("run", "--until-idle")
        elif deed in {"hold", "cancel"}:
            self._command(deed)
        else:
            child = self.children[-1]
            getattr(child, deed)()
            child.wait(120)
            self.note(f"{deed}: {len(self.taken)} had it")
            if deed == "terminate" and child.returncode < 0 and self.taken:
                self.note("it died of a signal it knows: before it could listen, or not at all")
            self._carry_on()

    def _wait(self) -> None:
        """Until a random moment: in the start-up, or when so many have it, and a little."""
        if self.chance.random() < 0.35:
            time.sleep(self.chance.random() * 1.2)
            return
        part = self.chance.random() * self.readers
        child = self.children[-1]
        wait_for(lambda: len(self.taken) >= part, child)
        time.sleep(self.chance.random() * 0.05)

    def _command(self, verb: str) -> None:
        """Hold (and later resume) or cancel from another process: nothing may be claimed from then on."""
        plans = self.ground.plans()
        if not plans:
            return
        result = self.ground.call(verb, plans[0]["plan"])
        self.note(f"{verb}: exit {result.code}, {len(self.taken)} had it")
        if result.code:
            return
        attempts, under_way = self._ledger_says()
        arrivals = len(self.sink.arrivals) if self.sink else 0
        time.sleep(0.3)
        if self._ledger_says()[0] != attempts:
            raise Broken(f"a request was begun after `{verb}`")
        if self.sink and len(self.sink.arrivals) > arrivals + under_way:
            raise Broken(f"a request left after `{verb}`")
        if verb == "hold":
            self.ground.call("resume", plans[0]["plan"])
            self._carry_on()

    def _ledger_says(self) -> tuple[int, int]:
        """How many attempts were begun, and how many are under way."""
        engine = sa.create_engine(self.database or f"sqlite:///{self.root / 'distribute.db'}")
        with engine.connect() as db:
            begun = db.execute(sa.select(sa.func.count()).select_from(attempt)).scalar_one()
            is_under_way = batch.c.state == BatchState.SUBMITTING
            under_way = db.execute(sa.select(sa.func.count()).select_from(batch).where(is_under_way)).scalar_one()
        engine.dispose()
        return begun, under_way

    # ---- what came of it

    def _end(self) -> dict[str, int]:
        if not self.ground.plans():
            self._begin()
            self.children[-1].wait(120)
        (plan,) = self.ground.weather()
        if plan["state"] not in {"done", "cancelled"}:
            raise Broken(f"it is {plan['state']} at the end")
        counts = judge(self.ground.deliveries(plan["plan"]), self.taken, expected=self.readers)
        if self.provider == "outbox" and plan["state"] == "done" and counts != {"accepted": self.readers}:
            raise Broken(f"what can be repeated without harm was left in doubt: {counts}")
        return counts

    def _bury(self) -> None:
        for child in self.children:
            child.kill()
            child.communicate()


def play(seed: int, database: str = "", make: Callable[..., Episode] = Episode) -> dict[str, int]:
    """An episode in a workspace of its own; Broken tells what happened and how to see it again."""
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    episode = make(seed, folder / "press", database.format(seed=seed))
    try:
        counts = episode.play()
    except Exception as error:
        told = "\n".join(f"  {line}" for line in episode.log)
        error.add_note(f"{told}\nkept in {folder}\nsee it again: python -m tests.chaos.sweep --only {seed}")
        raise
    shutil.rmtree(folder)
    return counts


def main() -> int:
    """Kill real processes for as long as you like."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--seconds", type=float, default=170)
    parser.add_argument("--seed", type=int, default=int(os.environ.get("CHAOS_SEED", time.time())))
    parser.add_argument("--only", type=int, help="Play this seed and no other.")
    parser.add_argument("--database", default="", help="Another ledger for each episode; {seed} is replaced.")
    asked = parser.parse_args()
    seeds, ends = asked.seed, time.monotonic() + asked.seconds
    totals: Counter[str] = Counter()
    played = 0
    _say(f"Chaos for {asked.seconds:.0f} seconds from seed {seeds} …")
    while played == 0 or (asked.only is None and time.monotonic() < ends):
        seed = asked.only if asked.only is not None else seeds + played
        totals += Counter(play(seed, asked.database))
        played += 1
    _say(f"{played} episodes, {sum(totals.values()):,} deliveries: {dict(totals)}. No promise was broken.")
    return 0


def _say(what: str) -> None:
    print(what, flush=True)  # noqa: T201  a command's output


if __name__ == "__main__":
    sys.exit(main())
