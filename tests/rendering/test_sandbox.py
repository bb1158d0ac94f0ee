"""What a template may not ask for is refused at once, with its line."""

from __future__ import annotations

import pytest
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError

from distribute.rendering.sandbox import Sandbox


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'a' * 10**9 }}",
        "{{ 10**9 * 'a' }}",
        "{{ [1] * 99999 }}",
        "{{ 10**10**9 }}",
        "{{ 9**999999 }}",
        "{% for i in range(99999) %}{% endfor %}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%*d' % (1000000000, 1) }}",
        "{{ '%1000000000d' | format(1) }}",
        "{{ 'x' | center(10**9) }}",
        "{{ 'x'.center(1000000000) }}",
        "{{ 'x'.ljust(width) }}",
        "{{ 'x'.zfill(1000000000) }}",
        "{{ 'a\tb'.expandtabs(1000000000) }}",
        "{{ ('a' * 9999).replace('a', 'b' * 99999) }}",
        "{{ 'x\ny' | indent(1000000000) }}",
        "{{ 'x\ny' | indent(width=1000000000) }}",
        "{{ [1] | batch(1000000000, 'x') | list }}",
        "{{ [1] | slice(1000000000) | list }}",
        "{{ 1 | round(1000000000) }}",
        "{{ 5 | tojson(indent=1000000000) }}",
        "{{ text.__class__ }}",
        "{{ text.format.__globals__ }}",
        "{{ '{0.__class__}'.format(text) }}",
        "{{ items.append(1) }}",
        "{{ cycler.__init__.__globals__ }}",
    ],
)
def test_what_fills_the_memory_or_leads_out_is_refused(template: str) -> None:
    with pytest.raises(SecurityError):
        Sandbox(undefined=StrictUndefined).from_string(template).render(text="x", width=10**9, items=[])


@pytest.mark.parametrize("template", ["{{ text | safe }}", "{{ lipsum() }}"])
def test_what_is_not_there_cannot_be_used(template: str) -> None:
    with pytest.raises(TemplateError):
        Sandbox().from_string(template).render(text="x")


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ '%.1f' % 0.25 }} {{ '%5d' | format(12345678) }}", "0.2 12345678"),
        ("{{ '{:,}'.format(1234567) }}", "1,234,567"),
        ("{{ 123456.789 | round(2) }}", "123456.79"),
        ("{{ '-' * 72 }}", "-" * 72),
        ("{{ 2 ** 10 }} {{ 100000 * 100000 }} {{ 7 % 3 }}", "1024 10000000000 1"),
        ("{{ 14000 | tojson }}", "14000"),
        ("{{ 'a b c' | wordwrap(3) | replace('\n', '/') }}", "a b/c"),
        ("{{ count(250000) }}", "250000 journalists"),
        ("{% for i in range(3) %}{{ i }}{% endfor %}", "012"),
    ],
)
def test_what_a_template_needs_is_there(template: str, text: str) -> None:
    assert Sandbox().from_string(template).render(count="{} journalists".format) == text
