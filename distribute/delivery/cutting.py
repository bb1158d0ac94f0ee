"""Messages and posts become requests, each frozen to the bytes that leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from distribute.domain.content import Content, Message
from distribute.domain.plan import Batch, ChannelPlan


def cut(
    content: Sequence[Content],
    size: int,
    freeze: Callable[[Sequence[Any]], bytes],
    channel: ChannelPlan,
    after: int = 0,
) -> Iterator[Batch]:
    """Batches of at most ``size`` deliveries, each of one letter, in order, to leave ``after`` so many seconds."""
    for _, group in groupby(content, key=lambda item: item.letter.variant if isinstance(item, Message) else ""):
        items = list(group)
        for start in range(0, len(items), size):
            part = items[start : start + size]
            yield Batch(
                channel=channel.channel,
                provider=channel.provider,
                at=channel.at.utc,
                body=freeze(part),
                keys=tuple(item.key for item in part),
                readers={item.key: item.values for item in part if isinstance(item, Message)},
                after=after,
            )
