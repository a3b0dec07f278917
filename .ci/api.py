"""
Hold the public API against the one that was recorded at the last release.

A name, parameter, type or field that was recorded and is gone, and a new parameter without a
default, break callers: that takes a new major version, and a new record (`--record`). What is new
otherwise takes a minor version.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import griffe

import ppun_bfc

ROOT = Path(__file__).parent.parent
RECORD = ROOT / "docs" / "en" / "reference" / "public-api.txt"
MODULES = (
    "",
    ".authoring",
    ".errors",
    ".export",
    ".fields",
    ".layer",
    ".models",
    ".schemas",
    ".tables",
    ".uptake",
)


def lines(source: Path) -> Iterator[str]:
    """One line for each thing that a caller may rely on; the columns of tables are such too."""
    loader = griffe.GriffeLoader(search_paths=[source])
    package = loader.load("ppun_bfc")
    loader.resolve_aliases(external=False)
    for module in MODULES:
        found = package[module[1:]] if module else package
        for name in sorted(str(name) for name in found.exports or ()):
            if name in found.members:
                yield from described(f"ppun_bfc{module}.{name}", found[name])
            else:  # made on first use, such as `__version__`
                yield f"ppun_bfc{module}.{name}"
    for table in ppun_bfc.load().tables().values():
        for column in table.columns:
            yield f"table {table.name}.{column.name}: {column.type}"


def described(path: str, thing: griffe.Object | griffe.Alias) -> Iterator[str]:
    """The lines of one thing and of what is in it."""
    if thing.is_class:
        yield f"class {path}({', '.join(map(str, thing.bases))})"
        for name, member in sorted(thing.all_members.items()):
            if not name.startswith("_"):
                yield from described(f"{path}.{name}", member)
        if "__init__" in thing.members:
            yield from described(path, thing["__init__"])
    elif thing.is_function:
        yield f"{path} -> {thing.returns}"
        for position, parameter in enumerate(p for p in thing.parameters if p.name != "self"):
            keyword = parameter.kind is griffe.ParameterKind.keyword_only
            default = "" if parameter.default is None else f" = {parameter.default}"
            where = "*" if keyword else f"{position} "
            yield f"{path}({where}{parameter.name}: {parameter.annotation}{default})"
    else:
        yield f"{path}: {getattr(thing, 'annotation', None)}"


def is_needed(line: str, functions: set[str]) -> bool:
    """Whether a new line is a parameter that callers of a function that was there must give."""
    name, parenthesis, parameter = line.partition("(")
    is_parameter = parenthesis and not line.startswith("class ")
    return bool(is_parameter) and " = " not in parameter and name in functions


def main() -> int:
    """Check, or record; the exit status."""
    now = list(lines(ROOT / "src"))
    if "--record" in sys.argv:
        RECORD.write_text("".join(f"{line}\n" for line in now), encoding="utf-8")
        return 0
    before = RECORD.read_text(encoding="utf-8").splitlines()
    gone = [line for line in before if line not in set(now)]
    functions = {line.partition(" -> ")[0] for line in before if " -> " in line}
    needed = [line for line in now if line not in set(before) and is_needed(line, functions)]
    for line in (*gone, *needed):
        sys.stdout.write(f"breaks callers: {line}\n")
    if gone or needed:
        sys.stdout.write(
            "if it is meant, and a major version follows: python .ci/api.py --record\n"
        )
    return 1 if gone or needed else 0


if __name__ == "__main__":
    sys.exit(main())
