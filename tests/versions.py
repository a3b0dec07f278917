"""Versions made for tests: of any sound snapshot, and a later one with a renaming, a merger, a split and a withdrawal."""

import json

from ppun_bfc import load
from ppun_bfc.canonical import digest
from ppun_bfc.policy import PolicyVersion
from ppun_bfc.rules import check
from ppun_bfc.snapshots import assemble

#: Old ids, and what becomes of them in `later`.
RENAMED, RENAMED_TO = "scheme:sraddet", "scheme:sraddet-bfc"
MERGED, MERGED_INTO = "goal:sdg-12", "scheme:srdeii"
SPLIT, SPLIT_INTO = "scheme:tourisme", ["scheme:srdeii", "scheme:sresri"]
WITHDRAWN = "scheme:sante"
CHANGED = "scheme:capeco-numerique"
GROWN = "priority:inclusion-citoyenne"


def later():
    """The version after 2020.10.1, as it might have been."""
    snapshot = json.loads(load("2020.10.1").to_json())
    records = {record["id"]: record for record in snapshot["entities"]}
    heir = {**records[RENAMED], "id": RENAMED_TO, "introduced_in": "2020.10.9"}
    snapshot["entities"].append(heir)
    records[RENAMED].update(status="deprecated", replaced_by=RENAMED_TO)
    records[MERGED].update(status="deprecated", replaced_by=MERGED_INTO)
    records[SPLIT].update(status="deprecated", consider=SPLIT_INTO)
    records[WITHDRAWN].update(status="deprecated")
    records[CHANGED]["label"] = {"fr": "Un autre contrat"}
    records[GROWN]["notation"] = "1"
    records["priority:transformation-economie"]["summary"] = {"fr": "mots", "en": "words"}
    snapshot.update(version="2020.10.9", previous="2020.10.1")
    checked = check(snapshot)
    assert not checked.findings
    return assemble(checked)


def policy_of(snapshot):
    """The version that a sound snapshot holds."""
    assert check(snapshot).findings == ()
    return PolicyVersion(snapshot, digest(json.dumps(snapshot).encode()))


#: What breaks those who put a text into a format without thinking of what it reads there.
HOSTILE = (
    "\"quo'te\"", "a|b;c,d", "=1+1", "+cmd|' /C calc'!A0", "-1", "@x", "<b>&amp;</b><script>",
    "🦊 é\u00a0œ", "'; DROP TABLE entity; --", '\\N \\x \\"', "{{x}} ${y} %s {0}", "]]>", "#no",
    "a: b # c", "[x](javascript:1)", "NULL", "007", "end\\",
)  # fmt: skip


def hostile():
    """A version of which every name, summary and reason is hostile."""
    snapshot = json.loads(load("2020.10.2").to_json())
    for at, one in enumerate((*snapshot["entities"], *snapshot["links"])):
        for field in ("label", "summary", "rationale"):
            for lang in one.get(field, ()):
                one[field][lang] = HOSTILE[at % len(HOSTILE)]
        for wording in one.get("wordings", ()):
            langs = ("fr", "en")[: 1 + at % 2]
            wording["label"] = dict.fromkeys(langs, HOSTILE[at % len(HOSTILE)])
        for citation in one["citations"]:
            citation["section"] = HOSTILE[at % len(HOSTILE)]
    return policy_of(snapshot)
