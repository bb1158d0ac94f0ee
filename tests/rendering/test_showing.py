"""Posts as their networks show them."""

from dataclasses import replace

from distribute.rendering.showing import view_posts
from tests.rendering.plans import LINK, Planner


def test_a_post_is_shown_whole_with_its_links_apart(planned: Planner) -> None:
    plan = planned((), (), ("mastodon", "bluesky", "x"))
    for view in view_posts(plan):
        assert "".join(piece.text for piece in view.pieces) == view.post.text
        assert {piece.url for piece in view.pieces if piece.url} <= {LINK}
        assert 0 < view.share <= 1
    mastodon, bluesky, _ = view_posts(plan)
    assert (mastodon.card_host, bluesky.card_host) == ("", "example.org")


def test_an_account_is_named_as_the_organisation_is_or_by_its_handle(planned: Planner) -> None:
    plan = planned((), (), ("x",))
    (view,) = view_posts(plan, "Example Rights Watch")
    assert (view.name, view.handle) == ("Example Rights Watch", "@press")
    (view,) = view_posts(plan)
    assert view.name == "press"


def test_a_time_is_shown_as_networks_do_and_in_full(planned: Planner) -> None:
    (view,) = view_posts(planned((), (), ("x",)))
    assert (view.stamp, view.when) == ("24 Nov, 06:00", "Tuesday 24 November 06:00 Toronto = 11:00 UTC")


def test_posts_of_one_account_are_numbered_as_a_thread(planned: Planner) -> None:
    plan = planned((), (), ("x", "mastodon"))
    thread = (plan.posts[0], replace(plan.posts[0], key="1"), plan.posts[1])
    assert [view.place for view in view_posts(replace(plan, posts=thread))] == ["1/2", "2/2", ""]


def test_a_post_that_is_all_but_full_is_told_apart(planned: Planner) -> None:
    plan = planned((), (), ("x",))
    full = replace(plan.posts[0], length=279, limit=280)
    assert next(view_posts(replace(plan, posts=(full,)))).is_nearly_full
    assert not next(view_posts(plan)).is_nearly_full
