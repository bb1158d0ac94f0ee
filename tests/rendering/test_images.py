"""The images of a letter, and the letter without them."""

from dataclasses import replace

from distribute.domain.attachment import Attachment
from distribute.domain.content import Slotted
from distribute.domain.release import Release
from distribute.rendering.images import enclosed_pictures, image_origins, without_images
from distribute.rendering.letter_view import view_letters
from tests.rendering.plans import Planner, people


def test_where_images_are_blocked_their_words_stand() -> None:
    html = Slotted(
        (
            (
                '<p>One</p><img alt="A bridge &gt; closed" src="https://img.example.org/a.jpg" width="560" />'
                "<IMG SRC='https://img.example.org/dot.gif' alt=''><a href=\""
            ),
            "unsubscribe_url",
            '">Leave</a><div style="background:url(https://img.example.org/b.png) no-repeat">x</div>',
        )
    )
    bare = without_images(html)
    said = bare.fill({"unsubscribe_url": "https://example.org"})
    assert "img.example.org" not in said
    assert ">A bridge &gt; closed</span>" in said
    assert "width:560px" in said
    assert said.count('role="img"') == 1
    assert 'href="https://example.org">Leave</a><div style="background:none no-repeat">x</div>' in said


def test_a_letter_without_images_is_the_same_without_them(planned: Planner) -> None:
    view = next(view_letters(planned(people(1))))
    assert not view.has_images
    assert without_images(planned(people(1)).letters["en"].html) == planned(people(1)).letters["en"].html


def test_pictures_that_come_with_a_letter_are_in_what_is_shown_of_it(planned: Planner) -> None:
    plan = planned(people(2))
    picture = Attachment(name="image1.png", media_type="image/png", data=b"not really", cid="a1@example.org")
    paper = Attachment(name="report.pdf", media_type="application/pdf", data=b"%PDF" * 500)
    html = Slotted(('<img alt="A bridge" src="cid:a1@example.org">', *plan.letters["en"].html.pieces[1:]))
    letter = replace(plan.letters["en"], html=html, attachments=(paper, picture))
    messages = tuple(replace(it, letter=letter) for it in plan.messages)
    view = next(view_letters(replace(plan, letters={"en": letter}, messages=messages)))
    assert f'src="data:image/png;base64,{picture.base64}"' in view.shown
    assert 'src="cid:a1@example.org"' in view.html
    assert ">A bridge</span>" in view.html_without_images
    assert view.files == (("report.pdf", 2000),)
    assert enclosed_pictures([letter, letter]) == {"cid:a1@example.org": f"data:image/png;base64,{picture.base64}"}


def test_only_the_hosts_of_images_are_named(planned: Planner, client_release: Release) -> None:
    letter = planned(people(1)).letters["en"]
    pictured = replace(letter, html=Slotted(('<img width="1" src="https://img.example.org/a.jpg?x=1;">',)))
    assert image_origins([letter]) == []
    assert image_origins([letter, pictured, pictured]) == ["https://img.example.org"]
