"""The parts of MJML that letters do not use, each with the reason or the way round it."""

from __future__ import annotations

REFUSED: dict[str, str] = {
    "mj-include": "use {% include %} instead",
    "mj-preview": "spam filters take it for hidden text; the letter writes its own preheader",
    "mj-social": "it loads pictures from a stranger’s host",
    "mj-font": "it loads a font from a stranger’s host; name a system font instead",
    "mj-html-attributes": "the compiler does not know it",
    "mj-class": "write the values on the component, or for every component of a kind in <mj-attributes>",
    "mj-table": "a table does not survive copying and forwarding; use paragraphs or a list",
    "mj-hero": "a picture behind words is lost where pictures are off",
    "mj-carousel": "few mail programs let a reader turn it; show one picture",
    "mj-accordion": "what is folded away cannot be copied",
    "mj-navbar": "a letter is no website",
}

UNUSED: dict[str, str] = {
    "background-url": "a picture behind words is lost where pictures are off",
    "srcset": "one picture for everybody: name it in “src”",
    "inline": "the compiler does not inline: write “style” on the element",
    "mj-class": "write the values on the component itself",
    "id": "use “class”, or “css-class” on a component",
}
