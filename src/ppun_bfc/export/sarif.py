"""SARIF 2.1.0: findings as code hosts read them."""

import json
import os
from pathlib import Path
from urllib.parse import quote

from ..canonical import Json
from ..errors import Finding
from ..languages import Language, printable
from ..problems import PROBLEMS, Problem
from ..release import release
from ..vocabulary import Code
from .report import Report

__all__ = ["log"]

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"


def log(report: Report, lang: Language) -> str:
    """One run of the tool as a SARIF 2.1.0 log; places are relative to the root."""
    findings = report.findings
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
                "originalUriBaseIds": {_ROOT: {"uri": f"{report.root.absolute().as_uri()}/"}},
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolExecutionNotifications": _notifications(report),
                    }
                ],
                "results": [
                    {
                        "ruleId": finding.code,
                        "ruleIndex": rules.index(finding.code),
                        "level": finding.severity,
                        "message": {"text": f"{finding.message(lang)}; {finding.cure(lang)}"},
                        "locations": [_location(finding, report)],
                    }
                    for finding in findings
                ],
            }
        ],
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _words(problem: Problem, lang: Language) -> str:
    sentence = problem.what.en if lang == "en" else problem.what.fr
    return sentence.replace("{", "‹").replace("}", "›").replace("!r", "")


def _location(finding: Finding, report: Report) -> Json:
    place = finding.place
    location: dict[str, Json] = {}
    if place.file:
        inside = report.inside(place.file)
        artifact: dict[str, Json] = (
            {"uri": quote(os.fsencode(inside)), "uriBaseId": _ROOT}
            if inside is not None
            else {"uri": Path(os.path.abspath(place.file)).as_uri()}  # noqa: PTH100
        )
        physical: dict[str, Json] = {"artifactLocation": artifact}
        if place.line:
            region: Json = {"startLine": place.line, "startColumn": max(place.column, 1)}
            physical["region"] = region
        location["physicalLocation"] = physical
    if place.record:
        name = f"{place.record}.{place.field}" if place.field else place.record
        location["logicalLocations"] = [{"fullyQualifiedName": printable(name)}]
    return location


def _notifications(report: Report) -> Json:
    """What was passed over, as notes of the run."""
    return [
        {
            "level": "note",
            "message": {"text": printable(f"{found.reason}: {found.name} ({found.count})")},
        }
        for found in report.passed
    ]
