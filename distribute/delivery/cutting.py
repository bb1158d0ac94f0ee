"""Messages and posts become requests, each frozen to the bytes that leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from distribute.domain.attachment import weight
from distribute.domain.content import Content, Message
from distribute.domain.plan import Batch, ChannelPlan


def cut(
    content: Sequence[Content],
    size: int,
    freeze: Callable[[Sequence[Any]], bytes],
    channel: ChannelPlan,
    after: int = 0,
    *,
    room: int = 0,
) -> Iterator[Batch]:
    """Batches of at most ``size`` deliveries, each of one letter, in order, to leave ``after`` so many seconds.

    Of letters with files only so many that the files have ``room`` (bytes; 0: they stand in a request once).
    """
    for _, group in groupby(content, key=lambda item: item.letter.variant if isinstance(item, Message) else ""):
        items = list(group)
        most = _most(items[0], size, room)
        for start in range(0, len(items), most):
            part = items[start : start + most]
            yield Batch(
                channel=channel.channel,
                provider=channel.provider,
                at=channel.at.utc,
                body=freeze(part),
                keys=tuple(item.key for item in part),
                readers={item.key: item.values for item in part if isinstance(item, Message)},
                after=after,
            )


def _most(item: Content, size: int, room: int) -> int:
    """How many like ``item`` one request holds."""
    files = weight(item.letter.attachments) if isinstance(item, Message) else 0
    return max(1, min(size, room // files)) if files and room else size
