"""Deaths, doubles and orders from elsewhere while the real command sends, in short; at random in `make chaos`."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.chaos.ground import SECONDS, Broken, Ground, judge, wait_for
from tests.chaos.share import long
from tests.chaos.sink import Sink, open_sink
from tests.chaos.sweep import play
from tests.cli.conftest import write_list

READERS = 40
EACH = 4
SEND = ("send", "bridge.txt", "--to", "press", "--confirm", str(READERS))
PROVIDERS = ("sendgrid", "postmark", "resend")

pytestmark = pytest.mark.slow


def ground_for(sink: Sink, folder: Path, **environ: str) -> Ground:
    named = {"EMAIL_PROVIDER": sink.fake.prefix.lower(), f"{sink.fake.prefix}_API_URL": sink.fake.url}
    return Ground(folder / "press", READERS, named | {"CHAOS_BATCH": str(EACH)} | environ)


def killed_in_mid_request(ground: Ground, sink: Sink) -> None:
    """A death when the provider has taken the second request and has not answered."""
    with ground.start(*SEND) as process:
        sink.after = lambda: process.kill() if len(sink.arrivals) == 2 else None
        process.communicate(timeout=SECONDS)
    assert len(sink.arrivals) == 2
    assert process.returncode < 0


@long
@pytest.mark.parametrize("provider", PROVIDERS)
def test_killed_in_mid_request_it_is_carried_on(provider: str, tmp_path: Path) -> None:
    with open_sink(provider) as sink:
        ground = ground_for(sink, tmp_path)
        killed_in_mid_request(ground, sink)
        (plan,) = ground.weather()
        counts = judge(ground.deliveries(plan["plan"]), sink.taken, expected=READERS)
    if provider == "resend":
        assert counts == {"accepted": READERS}, "the same request was made again and answered"
    else:
        assert counts == {"accepted": READERS - EACH, "uncertain": EACH}


@long
def test_an_orphan_that_is_sent_again_blindly_is_seen(tmp_path: Path) -> None:
    """The proof can fail."""
    with open_sink("sendgrid") as sink:
        ground = ground_for(sink, tmp_path, CHAOS_FAULT="orphans_are_planned_again_blindly")
        killed_in_mid_request(ground, sink)
        (plan,) = ground.weather()
        with pytest.raises(Broken, match="twice"):
            judge(ground.deliveries(plan["plan"]), sink.taken, expected=READERS)


@long
def test_hold_from_elsewhere_takes_effect_before_the_next_request(tmp_path: Path) -> None:
    """The provider takes its time over the second request until the hold has come back."""
    with open_sink("postmark") as sink:
        ground, is_held = ground_for(sink, tmp_path), threading.Event()
        plan = ground.call("plan", "bridge.txt", "--to", "press", "--json").json["plan"]
        sink.before = lambda: is_held.wait(SECONDS) if len(sink.arrivals) == 1 else None
        with ground.start("send", "--plan", plan, "--confirm", str(READERS)) as process:
            wait_for(lambda: sink.arrivals, process)
            wait_for(lambda: ground.plans()[0]["channels"][0]["submitting"], process)
            assert ground.call("hold", plan).code == 0
            is_held.set()
            process.communicate(timeout=SECONDS)
        assert len(sink.arrivals) == 2, "what was under way, and nothing after it"
        ground.call("resume", plan)
        ground.weather()
        assert judge(ground.deliveries(plan), sink.taken, expected=READERS) == {"accepted": READERS}


@long
def test_one_plan_sent_by_two_at_the_same_instant_goes_out_once(tmp_path: Path) -> None:
    with open_sink("sendgrid", latency=0.02) as sink:
        ground = ground_for(sink, tmp_path)
        plan = ground.call("plan", "bridge.txt", "--to", "press", "--json").json["plan"]
        both = [ground.start("send", "--plan", plan, "--confirm", str(READERS)) for _ in range(2)]
        codes = sorted(process.wait(SECONDS) for process in both)
        errors = "".join(process.communicate()[1] for process in both)
        assert "Traceback" not in errors
        assert codes[0] == 0
        ground.weather()
        assert judge(ground.deliveries(plan), sink.taken, expected=READERS) == {"accepted": READERS}


@long
def test_two_overlapping_lists_sent_at_the_same_instant_reach_everybody_once(tmp_path: Path) -> None:
    """Each by somebody who does not know of the other; who is refused since the lists overlap plans again."""
    with open_sink("postmark", latency=0.02) as sink:
        ground = ground_for(sink, tmp_path)
        write_list(ground.root / "recipients" / "radio.csv", READERS // 2)
        sends = [SEND, ("send", "bridge.txt", "--to", "radio", "--confirm", str(READERS // 2))]
        both = [ground.start(*send) for send in sends]
        for process in both:
            process.communicate(timeout=SECONDS)
        for name in ("press", "radio"):
            left = READERS - len(sink.taken)
            ground.call("send", "bridge.txt", "--to", name, "--confirm", str(left))
        ground.weather()
        assert sink.taken == {f"reader{n}@example.com": 1 for n in range(READERS)}


@long
@pytest.mark.parametrize("seed", range(1, 9))
def test_an_episode_of_the_sweep_keeps_every_promise(seed: int) -> None:
    play(seed)
