"""Annotations of GitHub: findings as workflow commands."""

from collections.abc import Sequence

from ..errors import Finding
from ..languages import Language, printable

__all__ = ["annotations"]


def annotations(findings: Sequence[Finding], lang: Language) -> str:
    """A workflow command of GitHub for each finding."""
    lines: list[str] = []
    for finding in findings:
        place = finding.place
        fields = {"file": place.file, "line": place.line, "col": place.column}
        given = ",".join(f"{key}={_property(str(value))}" for key, value in fields.items() if value)
        text = f"{finding.message(lang)}; {finding.cure(lang)}"
        if place.record:
            text = f"{place.record}.{place.field}: {text}"
        title = f"ppun-bfc {finding.code}"
        lines.append(f"::{finding.severity} {given},title={title}::{_data(text)}")
    return "".join(f"{line}\n" for line in lines)


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
