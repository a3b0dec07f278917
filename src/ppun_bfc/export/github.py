"""Annotations of GitHub: findings as workflow commands."""

from ..languages import Language, printable
from .report import Report

__all__ = ["annotations"]


def annotations(report: Report, lang: Language) -> str:
    """A workflow command of GitHub for each finding."""
    lines: list[str] = []
    for finding in report.findings:
        place = finding.place
        file = report.inside(place.file) or place.file if place.file else ""
        fields = {"file": file, "line": place.line, "col": place.column}
        given = ",".join(f"{key}={_property(str(value))}" for key, value in fields.items() if value)
        text = f"{finding.message(lang)}; {finding.cure(lang)}"
        if place.record:
            text = f"{place.record}.{place.field}: {text}"
        given += "," * bool(given)
        title = f"ppun-bfc {finding.code}"
        lines.append(f"::{finding.severity} {given}title={title}::{_data(text)}")
    return "".join(f"{line}\n" for line in lines)


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
