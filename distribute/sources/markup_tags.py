"""The elements of HTML that hold text: which are paragraphs, which only frame them, and which may come in at all."""

from __future__ import annotations

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS, QUOTES, CELLS = frozenset({"ul", "ol", "menu"}), frozenset({"blockquote"}), frozenset({"td", "th"})
PARAGRAPHS = frozenset({"p", "div", "li", "dt", "dd", "address", "pre", "center", "caption", "figcaption"})
_FRAMES = frozenset({
    "article", "aside", "body", "details", "dl", "fieldset", "figure", "footer", "form", "header", "hr", "legend",
    "main", "nav", "option", "section", "select", "summary", "table", "tbody", "tfoot", "thead", "tr",
})  # fmt: skip
BLOCKS = PARAGRAPHS | _FRAMES | LISTS | QUOTES | CELLS | frozenset(HEADINGS)
INLINE = frozenset({"a", "b", "br", "em", "i", "img", "q", "strong", "sub", "sup"})
TAGS = BLOCKS | INLINE
"""What is read; of every other element only its words are."""
