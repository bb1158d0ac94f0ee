"""The YAML above a release to statements: every scalar the string it is."""

from __future__ import annotations

from pathlib import Path

import yaml

from distribute.errors import SourceError
from distribute.sources.matter import DEEPEST, Entry, Value


def read_yaml(text: str, path: Path, offset: int) -> dict[str, Entry]:
    """Every scalar stays the string it is: BaseLoader resolves nothing, so ``no`` and ``01234`` survive."""
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 + offset if mark else None
        hint = "put the value in quotation marks if it holds a colon followed by a space"
        raise SourceError(f"the front matter cannot be read ({error.problem}): {hint}", path, line) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else "too deep"
        raise SourceError(f"the front matter cannot be read ({reason})", path, offset + 1) from error
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise SourceError("front matter is lines of “key: value”", path, offset + 1)
    entries: dict[str, Entry] = {}
    for key, node in root.value:
        line = key.start_mark.line + 1 + offset
        name = str(key.value)
        if name in entries:
            raise SourceError(f"“{name}” is given twice: keep one of them", path, line)
        entries[name] = Entry(_from_node(node, path, offset, 0), path, line)
    return entries


def _from_node(node: yaml.Node, path: Path, offset: int, depth: int) -> Value:
    if depth > DEEPEST:
        raise SourceError("this is nested too deeply", path, node.start_mark.line + 1 + offset)
    if isinstance(node, yaml.SequenceNode):
        return [_from_node(item, path, offset, depth + 1) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _from_node(value, path, offset, depth + 1) for key, value in node.value}
    return str(node.value)
