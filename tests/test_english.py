"""English as the civil service writes: words that a reviewer had to correct once do not come back."""

import re
from typing import Any

import pytest

from conftest import DATA
from ppun_bfc.authoring import draft

#: What must not stand in an English text, and what stands there instead: see docs/en/glossary.md.
NEVER = {
    r"\baids?\b": "grant, support scheme",
    r"\bPME\b": "SMEs",
    r"(?<!\()\bEPCI\b": "inter-municipal bodies (EPCI)",
    r"\bthe region (wants|means|wishes|supports|funds|pays|has|chose|sets|says|runs)\b": "the Region",
    r"\bvoted\b": "approved",
    r"\banimat(e|ing|ion)\b": "run, lead",
    r"\bchance\b": "opportunity",
    r"\bcalendar\b": "timetable",
    r"\btroph(y|ies)\b": "awards",
    r"[Pp]laces? of inclusion": "digital inclusion venues",
    r"^Public of": "target group",
    r"(digital|online) reception": "online front desk",
    r"\bcounters?\b": "one-stop shop, desk",
    r"[Tt]erm-of-office": "strategy for the term",
    r"\bcompetences?\b": "powers",
    r"\b[Tt]elework\w*": "remote working",
    r"[Cc]ar sharing": "carpooling",
    r"far (removed )?from digital": "digitally excluded",
    r"\b([Pp]layers|actors)\b": "stakeholders, bodies",
    r"^To [a-z]": "a bare verb",
    r"village centres": "small-town centres",
    r"shopkeepers?": "retailers",
    r"\belderly\b": "older people",
    r"job seekers?": "jobseekers",
    r"training bodies": "training providers",
    r"\bRaise of\b": "increase in",
    r"public purchasing": "public procurement",
}


def english(value, path=()):
    """Every English text in a record, with where it stands."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "en" and isinstance(item, str):
                yield path, item
            else:
                yield from english(item, (*path, key))
    elif isinstance(value, list):
        for item in value:
            yield from english(item, path)


@pytest.fixture(scope="module")
def texts():
    policy = draft(DATA)
    raw: Any = policy.to_dict()
    found = []
    for name in ("entities", "links", "relations"):
        for record in raw[name]:
            named = (
                record.get("id")
                or record.get("name")
                or " ".join((record["source"], record["relation"], record["target"]))
            )
            found += [(named, text) for _, text in english(record)]
    return found


@pytest.mark.parametrize("pattern", NEVER)
def test_a_word_that_was_corrected_does_not_come_back(texts, pattern):
    # What is quoted is how others say it.
    wrong = [
        (named, text)
        for named, text in texts
        if re.search(pattern, re.sub(r"“[^”]*”|\"[^\"]*\"", "", text))
    ]
    assert wrong == [], NEVER[pattern]
