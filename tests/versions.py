"""A later version of the shipped data, with a renaming, a merger, a split and a withdrawal."""

import json

from ppun_bfc import load
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
