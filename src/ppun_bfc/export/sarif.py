"""SARIF 2.1.0: findings as code hosts read them."""

import json
import os
from collections.abc import Sequence
from pathlib import Path, PurePath
from urllib.parse import quote

from ..canonical import Json
from ..errors import Finding
from ..languages import Language
from ..problems import PROBLEMS, Problem
from ..release import release
from ..vocabulary import Code

__all__ = ["log"]

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"


def log(findings: Sequence[Finding], lang: Language) -> str:
    """One run of the tool as a SARIF 2.1.0 log; places are relative to the working folder."""
    rules: list[Code] = sorted({finding.code for finding in findings})
    driver: dict[str, Json] = {
        "name": "ppun-bfc",
        "semanticVersion": release(),
        "rules": [
            {"id": code, "shortDescription": {"text": _words(PROBLEMS[code], lang)}}
            for code in rules
        ],
    }
    made: Json = {
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
                        "message": {"text": f"{finding.message(lang)}; {finding.cure(lang)}"},
                        "locations": [_location(finding)],
                    }
                    for finding in findings
                ],
            }
        ],
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _words(problem: Problem, lang: Language) -> str:
    sentence = problem.what.fr if lang == "fr" else problem.what.en
    return sentence.replace("{", "‹").replace("}", "›").replace("!r", "")


def _location(finding: Finding) -> Json:
    place = finding.place
    path = PurePath(os.path.normpath(place.file))
    inside = not path.is_absolute() and ".." not in path.parts
    artifact: dict[str, Json] = (
        {"uri": quote(os.fsencode(path.as_posix())), "uriBaseId": _ROOT}
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
