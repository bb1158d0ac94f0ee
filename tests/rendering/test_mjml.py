"""MJML: everything the compiler would let pass is refused with its line; what it refuses is located."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from mjml import mjml2html

from distribute.errors import RenderError
from distribute.rendering.mjml import LARGEST, MOST_TOLD, check_mjml, compile_mjml
from distribute.rendering.mjml_schema import BODY_COMPONENTS
from distribute.rendering.origin import Place

HEAD = '<mjml lang="en" dir="ltr"><mj-head>{}</mj-head><mj-body></mj-body></mjml>'
SOUND = """<mjml lang="en" dir="ltr">
  <mj-head><mj-title>Title</mj-title></mj-head>
  <mj-body>
    <mj-section>
      <mj-column>
{}
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>"""


def problems(source: str) -> str:
    with pytest.raises(RenderError) as caught:
        check_mjml(source, "email/letter.mjml.j2")
    assert (caught.value.template, caught.value.line) == ("email/letter.mjml.j2", None)
    return str(caught.value)


def test_a_sound_source_passes_and_compiles() -> None:
    source = SOUND.format(
        '<mj-text padding="0 4px"><p style="margin:0;">a&nbsp;<b>b</b><br /> &lt; &#8212; é</p></mj-text>'
    )
    check_mjml(source, "t")
    assert "a&nbsp;<b>b</b><br /> &lt; &#8212; é" in compile_mjml(source)


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("<mj-txt>a</mj-txt>", "<mj-txt> is not a component we know"),
        ("<MJ-TEXT>a</MJ-TEXT>", "<MJ-TEXT> is not a component we know"),
        ('<mj-text colour="#000000">a</mj-text>', "no attribute “colour”"),
        ('<mj-text font-size="huge">a</mj-text>', "cannot have font-size=“huge”"),
        ('<mj-text padding="1em">a</mj-text>', "cannot have padding"),
        ('<mj-text color="red">a</mj-text>', "cannot have color"),
        ('<mj-text css-class="a b">a</mj-text>', "cannot have css-class"),
        ("<mj-section></mj-section>", "<mj-section> may not stand in <mj-column>"),
        ("<mj-text><mj-text>a</mj-text></mj-text>", "<mj-text> is not allowed inside <mj-text>"),
        ("stray", "“stray” stands in <mj-column>"),
        ('<mj-text font-size="12">a</mj-text>', "write pixels such as 16px"),
        ('<mj-text line-height="tall">a</mj-text>', "write a height such as 24px, 150% or 1.5"),
        ('<mj-text align="middle">a</mj-text>', "write left or center or right or justify"),
        ('<mj-text letter-spacing="1">a</mj-text>', "write a length such as 1px or 0.1em"),
        ('<mj-text mj-class="x">a</mj-text>', "no attribute “mj-class” here: write the values"),
        ('<mj-text id="x">a</mj-text>', "no attribute “id” here: use “class”"),
        ('<mj-text algin="left">a</mj-text>', "do you mean “align”?"),
        ('<mj-divider border-width="thin" />', "cannot have border-width"),
        ('<mj-image src="https://example.org/a.jpg" alt="" width="10px" srcset="x" />', "name it in “src”"),
        ('<mj-image src="https://example.org/a.jpg" alt="" width="10px" fluid-on-mobile="yes" />', "true or false"),
        ('<mj-button href="mailto:">a</mj-button>', "cannot have href"),
        ("<mj-button>a</mj-button>", "<mj-button> needs “href”"),
        ("<mj-hero></mj-hero>", "<mj-hero> is not used here: a picture behind words"),
        ("<mj-carousel></mj-carousel>", "show one picture"),
        ("<mj-accordion></mj-accordion>", "cannot be copied"),
        ("<mj-navbar></mj-navbar>", "no website"),
        ("<mj-table></mj-table>", "use paragraphs or a list"),
        ("<mj-text><P>a</P></mj-text>", "<P> is not allowed inside <mj-text>"),
        ('<mj-text><p style="background:image-set(a)">a</p></mj-text>', "cannot have style"),
        ('<mj-text><p style="a">a</p></mj-text>', "write “property:value”"),
        ('<mj-text><p dir="up">a</p></mj-text>', "write ltr or rtl or auto"),
        ("<mj-spacer>a</mj-spacer>", "“a” stands in <mj-spacer>"),
        ('<mj-include path="/etc/passwd" />', "use {% include %}"),
        ("<mj-social></mj-social>", "stranger’s host"),
        ("<mj-preview>a</mj-preview>", "hidden text"),
        ("<mj-text><script>a</script></mj-text>", "<script> is not allowed"),
        ('<mj-text><img src="https://example.org/p.gif" /></mj-text>', "<img> is not allowed"),
        ('<mj-text><p onclick="a">a</p></mj-text>', "no attribute “onclick”"),
        ('<mj-text><a href="javascript:a">a</a></mj-text>', "cannot have href"),
        ('<mj-text><a href="http://example.org">a</a></mj-text>', "cannot have href"),
        (
            '<mj-text><a href="https://example.org"><a href="https://example.org">a</a></a></mj-text>',
            "<a> may not stand in <a>",
        ),
        ("<mj-text><p><p>a</p></p></mj-text>", "<p> may not stand in <p>"),
        ("<mj-text><ul>a</ul></mj-text>", "“a” stands in <ul>"),
        ("<mj-text><li>a</li></mj-text>", "<li> may not stand in <mj-text>"),
        ('<mj-text><p style="background:url(https://example.org/p)">a</p></mj-text>', "cannot have style"),
        ('<mj-image src="http://example.org/a.jpg" alt="" width="10px" />', "cannot have src"),
        ('<mj-image src="https://example.org/a.jpg" width="10px" />', "needs “alt”"),
        ("<mj-text><b>a<i>b</b>c</i></mj-text>", "is still open where"),
        ("<mj-text><p>a</mj-text>", "<p> is still open where </mj-text> stands in line 6"),
        ("<mj-text>a < b</mj-text>", "line 6"),
        ("<mj-text>&madeup;</mj-text>", "madeup"),
        ("<mj-text {{ x }}>a</mj-text>", "“{{” has no place"),
        ("<mj-text>{% if %}</mj-text>", "“{%” has no place"),
        ("<mj-text><![CDATA[a]]></mj-text>", "CDATA"),
        ("<mj-text><!-- a --></mj-text>", "“<!--” has no place"),
        ("<?php ?>", "“<?” has no place"),
        ("<mj-text>\x01</mj-text>", "line 6"),
    ],
)
def test_a_problem_is_named_with_its_line(inside: str, says: str) -> None:
    told = problems(SOUND.format(inside))
    assert says in told
    assert "(line 6 of the MJML it makes)" in told


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ('<mjml lang="en"><mj-body></mj-body></mjml>', "<mjml> needs “dir”"),
        ('<mjml lang="en" dir="auto"><mj-body></mj-body></mjml>', "cannot have dir"),
        ('<mjml lang="en" dir="ltr"><mj-head></mj-head></mjml>', "needs “mj-body”"),
        ('<mjml lang="en" dir="ltr"><mj-body></mj-body><mj-body></mj-body></mjml>', "a second <mj-body>"),
        (HEAD.format("<mj-title>a</mj-title><mj-title>b</mj-title>"), "a second <mj-title>"),
        (HEAD.format("<mj-title><b>a</b></mj-title>"), "holds plain text, not <b>"),
        (HEAD.format("<mj-breakpoint />"), "needs “width”"),
        (HEAD.format("<mj-attributes><mj-class name='a' /></mj-attributes>"), "<mj-class> is not used here"),
        (HEAD.format("<mj-html-attributes></mj-html-attributes>"), "the compiler does not know it"),
        (HEAD.format('<mj-style>a{b:image-set("x")}</mj-style>'), "image-set"),
        ("<p>a</p>", "does not start with <mjml>"),
        ("", "empty"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><mjml></mjml>', "“<!DOCTYPE” has no place"),
        (
            HEAD.format('<mj-font name="a" href="https://example.org" />'),
            "system font",
        ),
        (HEAD.format('<mj-style inline="inline">a{}</mj-style>'), "“inline”"),
        (HEAD.format('<mj-style>@import "a";</mj-style>'), "@import"),
        (HEAD.format("<mj-style>a{b:url(x)}</mj-style>"), "url("),
        (HEAD.format("<mj-style>a{b:c</mj-style>"), "braces"),
        (HEAD.format("<mj-raw><script>a</script></mj-raw>"), "<script>"),
        (
            HEAD.format('<mj-raw><meta http-equiv="refresh" /></mj-raw>'),
            "http-equiv",
        ),
        (
            HEAD.format('<mj-attributes><mj-all colour="a" /></mj-attributes>'),
            "“colour”",
        ),
        ('<mjml lang="en" dir="ltr"><mj-body><mj-raw>text</mj-raw></mj-body></mjml>', "“text” stands in <mj-raw>"),
        ('<mjml lang="en" dir="ltr"><mj-body><mj-text>a</mj-text></mj-body></mjml>', "may not stand in <mj-body>"),
    ],
)
def test_a_problem_outside_a_column_is_named(source: str, says: str) -> None:
    assert says in problems(source)


VALUES = (
    *("9px", "#123456", "3px solid #123456", "right", "bottom", "rtl", "full-width", "true", "_self", "Arial", "700"),
    *("uppercase", "italic", "underline", "https://example.org/q", "words", "2.5", "33%", "dotted", "77px"),
)


@pytest.mark.parametrize("name", sorted(BODY_COMPONENTS))
def test_every_attribute_of_a_component_is_one_the_compiler_acts_upon(name: str) -> None:
    above, below = {
        "mj-wrapper": ("<mj-body>", "<mj-section><mj-column></mj-column></mj-section>"),
        "mj-section": ("<mj-body>", "<mj-column></mj-column>"),
        "mj-group": ("<mj-body><mj-section>", "<mj-column></mj-column>"),
        "mj-column": ("<mj-body><mj-section>", "<mj-text>a</mj-text>"),
    }.get(name, ("<mj-body><mj-section><mj-column>", "a" if name in {"mj-text", "mj-button"} else ""))
    ends = "".join(f"</{tag}>" for tag in reversed(re.findall(r"<([a-z-]+)", above)))
    usual = {"src": "https://example.org/a.png", "href": "https://example.org/", "padding": "1px"}

    def html(attributes: Mapping[str, str]) -> str:
        given = "".join(f' {one}="{value}"' for one, value in attributes.items())
        return str(mjml2html(f"<mjml>{above}<{name}{given}>{below}</{name}>{ends}</mjml>"))

    known = BODY_COMPONENTS[name].attributes
    usual = {one: value for one, value in usual.items() if one in known}
    for attribute, form in known.items():
        values = [value for value in VALUES if form.allows(value)]
        assert any(html(usual | {attribute: value}) != html(usual) for value in values), attribute


def test_every_problem_is_told_at_once() -> None:
    told = problems(SOUND.format('<mj-txt />\n<mj-text colour="a">a</mj-text>\nstray'))
    assert [told.count(f"(line {line} of") for line in (6, 7, 8)] == [1, 1, 1]
    assert told.count("\n") == 2


def test_a_line_of_a_template_that_is_used_often_is_told_once() -> None:
    source = SOUND.format('<mj-text colour="a">a</mj-text>\n' * 30)
    with pytest.raises(RenderError) as caught:
        check_mjml(source, "t", lambda _: Place("email/parts.mjml.j2", 4))
    assert str(caught.value).count("colour") == 2
    assert str(caught.value).startswith("email/parts.mjml.j2:4: <mj-text> has no attribute")


def test_of_very_many_problems_the_first_are_told() -> None:
    told = problems(SOUND.format('<mj-text colour="a">a</mj-text>\n' * 30))
    assert told.count("has no attribute") == MOST_TOLD
    assert told.endswith("and 18 more")


def test_a_default_for_a_component_needs_no_content() -> None:
    check_mjml(
        HEAD.format('<mj-attributes><mj-image padding="0" /></mj-attributes>'),
        "t",
    )


def test_the_compilers_byte_offset_becomes_line_and_column() -> None:
    source = SOUND.format("<mj-text>éé<![CDATA[a]]></mj-text>")
    with pytest.raises(RenderError, match=r"cannot be compiled: unexpected .* at line 6, column 12$"):
        compile_mjml(source)


def test_a_compiler_error_without_a_place_is_still_a_sentence() -> None:
    with pytest.raises(RenderError, match=r"cannot be compiled: unable to parse next template$"):
        compile_mjml(SOUND.format("<mj-text>a < b</mj-text>"))


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("<mj-unknown>a</mj-unknown>", "<mj-"),
        ("<mj-text>{{ name }}</mj-text>", "{{"),
        ("<mj-image src='https://example.org/a.jpg' alt='say \"hi\"' />", '\\\\"'),
    ],
)
def test_html_that_is_not_finished_is_refused(inside: str, says: str) -> None:
    with pytest.raises(RenderError, match=f"still holds “{says}”"):
        compile_mjml(SOUND.format(inside))


def test_a_letter_mail_clients_would_cut_off_is_refused() -> None:
    with pytest.raises(RenderError, match="cut it off"):
        compile_mjml(SOUND.format(f"<mj-text>{'word ' * (LARGEST // 5)}</mj-text>"))
