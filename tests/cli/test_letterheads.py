"""A letterhead follows from the settings, and from what can be derived where one is missing."""

from __future__ import annotations

from distribute.cli.letterheads import letterhead
from distribute.config import read_settings
from distribute.domain.content import Address


def test_while_nobody_is_set_up_an_example_sends_and_pictures_may_come_from_anywhere() -> None:
    head = letterhead(read_settings({}))
    assert head.sender == Address("example.com", "press@example.com")
    assert (head.reply_to, head.list_id, head.image_hosts) == (None, "press.example.com", None)


def test_every_setting_stands_where_it_belongs() -> None:
    environ = {
        "FROM_EMAIL": "press@ngo.test",
        "FROM_NAME": "Press desk",
        "REPLY_TO": "desk@ngo.test",
        "ORGANISATION": "The NGO",
        "POSTAL_ADDRESS": "1 Example Street",
        "IMAGE_HOSTS": "img.ngo.test",
    }
    head = letterhead(read_settings(environ))
    assert head.sender == Address("Press desk", "press@ngo.test")
    assert head.reply_to == Address("", "desk@ngo.test")
    assert (head.organisation, head.postal_address) == ("The NGO", "1 Example Street")
    assert (head.list_id, head.image_hosts) == ("press.ngo.test", frozenset({"ngo.test", "img.ngo.test"}))
