"""The scalars of YAML, each with where it begins."""

from collections.abc import Iterator

from .. import problems
from ..errors import InvalidData, Place
from .sources import Source

__all__ = ["scalars"]


def scalars(source: Source) -> Iterator[tuple[int, str]]:
    """The scalars of YAML, by PyYAML's own scanner: it gives their exact places."""
    import yaml

    text = source.text
    # The scanner takes a byte order mark away, and then counts without it.
    shift = len(text) - len(text.removeprefix("\ufeff"))
    try:
        for token in yaml.scan(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(token, yaml.ScalarToken):
                start, end = token.start_mark.index + shift, token.end_mark.index + shift
                quoted = token.style in ("'", '"')
                yield start + quoted, text[start + quoted : end - quoted]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        place = Place(str(source.path), line, column)
        raise InvalidData.of(problems.SYNTAX, place, problem=problem) from None
