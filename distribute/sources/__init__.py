"""Files to domain: releases and media lists, every problem with its file and line."""

from distribute.sources.media_lists import find_list, parse_selection, read_media_list
from distribute.sources.record import release_record
from distribute.sources.releases import read_release
from distribute.sources.suppressions import read_suppressions

__all__ = [
    "find_list",
    "parse_selection",
    "read_media_list",
    "read_release",
    "read_suppressions",
    "release_record",
]
