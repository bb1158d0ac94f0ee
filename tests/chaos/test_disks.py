"""Full disks, locked ledgers, files nobody may touch: a sentence, nothing lost, and work goes on afterwards."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.chaos.disks import SmallDisk, limit_files, locked, small_disk, without_privileges
from tests.chaos.ground import SECONDS, Ground, judge
from tests.chaos.share import long, some
from tests.chaos.sink import Sink, open_sink
from tests.cli.conftest import Result

READERS = 24
EACH = 4
SEND = ("send", "bridge.txt", "--to", "press", "--confirm", str(READERS))

pytestmark = pytest.mark.slow


@pytest.fixture(params=some(("sendgrid", "resend"), "sendgrid"))
def sink(request: pytest.FixtureRequest) -> Iterator[Sink]:
    """A provider that does not know a repetition, and one that does."""
    with open_sink(request.param) as opened:
        yield opened


@pytest.fixture
def postmark() -> Iterator[Sink]:
    with open_sink("postmark") as opened:
        yield opened


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", 4) as mounted:
        yield mounted


def ground_for(sink: Sink, folder: Path, **more: object) -> Ground:
    environ = {"EMAIL_PROVIDER": sink.fake.prefix.lower(), f"{sink.fake.prefix}_API_URL": sink.fake.url}
    return Ground(folder / "press", READERS, environ | {"CHAOS_BATCH": str(EACH), "CHAOS_LOCK": "0.2"}, **more)  # type: ignore[arg-type]


def assert_refused(result: Result) -> None:
    """A sentence for a person, and no success."""
    assert result.code in {1, 2}, result
    assert result.err.strip().rpartition("\n")[2].startswith("distribute: "), result.err


def assert_untouched(ground: Ground) -> None:
    """No plan half made: neither its file nor its rows."""
    assert list((ground.root / "plans").glob("*")) == []
    assert ground.plans() == []


def assert_all_well(ground: Ground, sink: Sink) -> None:
    (plan,) = ground.weather()
    assert plan["state"] == "done"
    judge(ground.deliveries(plan["plan"]), sink.taken, expected=READERS)
    assert len(sink.taken) == READERS, "everybody has it: no request was lost on the way"


# ---- planning


@long
@pytest.mark.parametrize("free", [0, 8_000, 40_000, 120_000])
def test_a_disk_that_is_full_while_planning_leaves_nothing_half_made(
    free: int, disk: SmallDisk, postmark: Sink
) -> None:
    ground = ground_for(postmark, disk.root)
    disk.fill(free)
    assert_refused(ground.call(*SEND))
    disk.empty()
    assert_untouched(ground)
    assert ground.call(*SEND).code == 0
    assert_all_well(ground, postmark)


@long
@pytest.mark.parametrize("size", [0, 5_000, 60_000])
def test_a_limit_on_files_while_planning_leaves_nothing_half_made(size: int, tmp_path: Path, postmark: Sink) -> None:
    ground = ground_for(postmark, tmp_path)
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    assert_refused(ground.call(*SEND, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))))
    assert_untouched(ground)
    assert ground.call(*SEND).code == 0
    assert_all_well(ground, postmark)


# ---- sending


def test_an_outcome_that_cannot_be_written_is_not_sent_twice(disk: SmallDisk, sink: Sink) -> None:
    """The disk fills up while a provider takes the second request."""
    ground = ground_for(sink, disk.root)
    sink.after = lambda: disk.fill() if len(sink.arrivals) == 2 else None
    result = ground.call(*SEND)
    assert_refused(result)
    assert len(sink.arrivals) == 2, "no request leaves whose claim is not on disk"
    assert "nothing left" not in result.err, "something did"
    disk.empty()
    assert_all_well(ground, sink)


@long
def test_an_outcome_beyond_a_limit_on_files_is_not_sent_twice(tmp_path: Path, sink: Sink) -> None:
    ground = ground_for(sink, tmp_path)
    with ground.start(*SEND) as process:
        sink.after = lambda: limit_files(process.pid, 0) if len(sink.arrivals) == 2 else None
        _, err = process.communicate(timeout=SECONDS)
    assert_refused(Result(process.returncode, "", err))
    assert len(sink.arrivals) == 2
    assert_all_well(ground, sink)


@long
def test_where_no_claim_can_be_written_nothing_leaves(disk: SmallDisk, postmark: Sink) -> None:
    ground = ground_for(postmark, disk.root)
    with ground.start(*SEND) as process:
        postmark.after = process.terminate
        process.communicate(timeout=SECONDS)
    before = len(postmark.arrivals)
    assert 0 < before < READERS / EACH
    disk.fill()
    assert_refused(ground.call("run", "--until-idle"))
    assert len(postmark.arrivals) == before
    disk.empty()
    assert_all_well(ground, postmark)


@long
@pytest.mark.parametrize("is_shared", [True, False])
def test_an_outbox_that_fills_up_is_carried_on(is_shared: bool, tmp_path: Path) -> None:
    """With the ledger on the same disk, or on another."""
    with full_outbox(tmp_path, is_shared=is_shared) as (ground, filled):
        assert 0 < len(outbox(ground)) < READERS
        filled.empty()
        (plan,) = ground.weather()
        assert [it["status"] for it in ground.deliveries(plan["plan"])] == ["accepted"] * READERS
        assert len(outbox(ground)) == READERS
        assert all(path.read_bytes().rstrip().endswith(b"--") for path in outbox(ground)), "whole or not at all"
        assert list((ground.root / "outbox").rglob("*.part")) == []


@long
def test_what_a_full_outbox_took_is_not_called_cancelled(tmp_path: Path) -> None:
    with full_outbox(tmp_path, is_shared=False) as (ground, _):
        (plan,) = ground.plans()
        assert ground.call("cancel", plan["plan"]).code == 0
        deliveries = ground.deliveries(plan["plan"])
        gone = {it["recipient"].partition("@")[0] for it in deliveries if it["status"] == "cancelled"}
        assert gone
        assert not gone & {path.name.partition("@")[0] for path in outbox(ground)}


@contextmanager
def full_outbox(folder: Path, *, is_shared: bool) -> Iterator[tuple[Ground, SmallDisk]]:
    """A send into an outbox with room for some of the messages only, and how it ended: in a sentence."""
    with ExitStack() as stack:
        outer = stack.enter_context(small_disk(folder / "disk", 4))
        ground = Ground(outer.root / "press", READERS, {"CHAOS_BATCH": str(EACH)})
        planned = ground.call("plan", "bridge.txt", "--to", "press", "--json").json["plan"]
        filled = outer
        if not is_shared:
            (ground.root / "outbox").rmdir()
            filled = stack.enter_context(small_disk(ground.root / "outbox", 1))
        filled.fill(250_000 if is_shared else 100_000)
        assert ground.call("send", "--plan", planned, "--confirm", str(READERS)).code != 0
        yield ground, filled


def outbox(ground: Ground) -> list[Path]:
    return list((ground.root / "outbox").rglob("*.eml"))


# ---- the ledger


@long
def test_a_ledger_another_process_keeps_locked_is_a_sentence(tmp_path: Path, postmark: Sink) -> None:
    ground = ground_for(postmark, tmp_path)
    planned = ground.call("plan", "bridge.txt", "--to", "press", "--json").json["plan"]
    verbs = [("send", "--plan", planned, "--confirm", str(READERS)), ("cancel", planned)]
    with locked(ground.root / "distribute.db"):
        for verb in verbs:
            assert_refused(ground.call(*verb))
        assert ground.plans()[0]["state"] == "planned", "it can still be read"
    assert postmark.arrivals == []
    assert ground.call(*verbs[0]).code == 0
    assert_all_well(ground, postmark)


@long
def test_a_ledger_locked_in_mid_send_loses_and_doubles_nothing(tmp_path: Path, sink: Sink) -> None:
    ground = ground_for(sink, tmp_path)
    with ExitStack() as stack:

        def lock() -> None:
            if len(sink.arrivals) == 2:
                stack.enter_context(locked(ground.root / "distribute.db"))

        sink.after = lock
        assert_refused(ground.call(*SEND))
        assert len(sink.arrivals) == 2
    assert_all_well(ground, sink)


@long
@pytest.mark.parametrize("trouble", ["a folder", "garbage", "torn", "empty folder rights", "no rights"])
def test_a_ledger_that_is_none_is_a_sentence_and_nothing_leaves(trouble: str, tmp_path: Path, postmark: Sink) -> None:
    ground = ground_for(postmark, tmp_path, prefix=without_privileges())
    planned = ground.call("plan", "bridge.txt", "--to", "press", "--json").json["plan"]
    ledger, aside = ground.root / "distribute.db", ground.root / "aside.db"
    aside.write_bytes(ledger.read_bytes())
    spoil(trouble, ledger)
    for verb in (("send", "--plan", planned, "--confirm", str(READERS)), ("run", "--until-idle"), ("status",)):
        if (trouble, verb[0]) != ("empty folder rights", "status"):
            assert_refused(ground.call(*verb))
    assert postmark.arrivals == []
    ground.root.chmod(0o700)
    if ledger.is_dir():
        ledger.rmdir()
    ledger.unlink(missing_ok=True)
    ledger.write_bytes(aside.read_bytes())
    assert ground.call("send", "--plan", planned, "--confirm", str(READERS)).code == 0
    assert_all_well(ground, postmark)


def spoil(trouble: str, ledger: Path) -> None:
    match trouble:
        case "a folder":
            ledger.unlink()
            ledger.mkdir()
        case "garbage":
            ledger.write_bytes(b"this was a ledger once " * 2_000)
        case "torn":
            ledger.write_bytes(ledger.read_bytes()[:4096] + b"\xff" * 40_000)
        case "empty folder rights":
            ledger.parent.chmod(0o500)
        case "no rights":
            ledger.chmod(0)


# ---- reading where nothing can be written


@long
def test_where_things_stand_is_told_from_a_read_only_disk(disk: SmallDisk, postmark: Sink) -> None:
    ground = ground_for(postmark, disk.root)
    assert ground.call(*SEND).code == 0
    disk.make_read_only()
    (plan,) = ground.plans()
    assert plan["state"] == "done"
    assert len(ground.deliveries(plan["plan"])) == READERS
    assert_refused(ground.call("cancel", plan["plan"]))
    disk.make_writable()


@long
@pytest.mark.parametrize("is_killed", [False, True])
def test_where_things_stand_is_told_from_a_read_only_file(is_killed: bool, tmp_path: Path, postmark: Sink) -> None:
    """Also after a death, which leaves SQLite's write-ahead log beside it."""
    ground = ground_for(postmark, tmp_path, prefix=without_privileges())
    if is_killed:
        with ground.start(*SEND) as process:
            postmark.before = lambda: process.kill() if len(postmark.arrivals) == 2 else None
            process.communicate(timeout=SECONDS)
    else:
        ground.call(*SEND)
    (ground.root / "distribute.db").chmod(0o400)
    (plan,) = ground.plans()
    assert len(ground.deliveries(plan["plan"])) == READERS
    assert_refused(ground.call("run", "--until-idle"))
    assert_refused(ground.call("cancel", plan["plan"]))
    (ground.root / "distribute.db").chmod(0o600)
    assert_all_well(ground, postmark)


@long
def test_a_disk_with_a_page_that_cannot_be_had_is_a_sentence(tmp_path: Path, postmark: Sink) -> None:
    """The ledger has its own limit; SQLite says full as a disk would, on every system."""
    ground = ground_for(postmark, tmp_path)
    planned = ground.call("plan", "bridge.txt", "--to", "press", "--json").json["plan"]
    with sqlite3.connect(ground.root / "distribute.db") as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
    ground.environ["CHAOS_PAGES"] = str(pages)
    (ground.root / "recipients" / "more.csv").write_text(
        "email\n" + "".join(f"person{n}@example.com\n" for n in range(400))
    )
    assert_refused(ground.call("plan", "bridge.txt", "--to", "more"))
    del ground.environ["CHAOS_PAGES"]
    assert [plan["plan"] for plan in ground.plans()] == [planned]
    assert [path.stem for path in (ground.root / "plans").iterdir()] == [planned]
