"""Findings in the forms that other programs read: SARIF 2.1.0, and the annotations of GitHub."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from urllib.parse import quote

from ..canonical import Json
from ..errors import Finding

__all__ = ["annotations", "sarif"]

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"


def sarif(findings: Iterable[Finding], catalogue: Mapping[str, str], release: str) -> Json:
    """One run of the tool as a SARIF 2.1.0 log; places are relative to the working folder."""
    found = tuple(findings)
    rules = sorted({finding.code for finding in found})
    driver: dict[str, Json] = {
        "name": "ppun-bfc",
        "semanticVersion": release,
        "rules": [
            {"id": code, "shortDescription": {"text": _words(catalogue[code])}} for code in rules
        ],
    }
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [
                    {
                        "ruleId": finding.code,
                        "ruleIndex": rules.index(finding.code),
                        "level": finding.severity,
                        "message": {
                            "text": f"{finding.message(catalogue)}; {finding.cure(catalogue)}"
                        },
                        "locations": [_location(finding)],
                    }
                    for finding in found
                ],
            }
        ],
    }


def _words(sentence: str) -> str:
    return sentence.replace("{", "‹").replace("}", "›").replace("!r", "")


def _location(finding: Finding) -> Json:
    place = finding.place
    path = PurePath(os.path.normpath(place.file))
    inside = not path.is_absolute() and ".." not in path.parts
    artifact: dict[str, Json] = (
        {"uri": quote(path.as_posix()), "uriBaseId": _ROOT}
        if inside
        else {"uri": Path(os.path.normpath(Path.cwd() / path)).as_uri()}
    )
    location: dict[str, Json] = {"physicalLocation": {"artifactLocation": artifact}}
    if place.line:
        region = {"startLine": place.line, "startColumn": max(place.column, 1)}
        location["physicalLocation"] = {"artifactLocation": artifact, "region": region}
    if place.record:
        name = f"{place.record}.{place.field}" if place.field else place.record
        location["logicalLocations"] = [{"fullyQualifiedName": name}]
    return location


def annotations(findings: Iterable[Finding], catalogue: Mapping[str, str]) -> list[str]:
    """A workflow command of GitHub for each finding."""
    lines = []
    for finding in findings:
        place = finding.place
        fields = {"file": place.file, "line": place.line, "col": place.column}
        given = ",".join(f"{key}={_property(str(value))}" for key, value in fields.items() if value)
        text = f"{finding.message(catalogue)}; {finding.cure(catalogue)}"
        if place.record:
            text = f"{place.record}.{place.field}: {text}"
        title = f"ppun-bfc {finding.code}"
        lines.append(f"::{finding.severity} {given},title={title}::{_data(text)}")
    return lines


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
