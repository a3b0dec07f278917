"""
What the policy and its neighbours have in common, as SSSOM (TSV with its metadata above).

Links that say that two texts speak of the same thing become mappings: `aligned_with` to SCORAN BFC and
others, and the goals of the policy to the IRIs of the United Nations. Whether a source states one or an
editor derived it stands in its comment, with the reason.
"""

import csv
import io

from ..languages import Language
from ..policy import PolicyVersion
from ..release import LICENCE_URL, NOTICE
from .linked import BASE

__all__ = ["mappings"]

_COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label",
    "mapping_justification", "comment",
)  # fmt: skip
_CURATED = "semapv:ManualMappingCuration"


def mappings(policy: PolicyVersion, lang: Language = "fr") -> bytes:
    """The mapping set."""
    made = io.StringIO(newline="")
    for line in (
        "curie_map:",
        f'  ppun: "{BASE}id/"',
        '  sdg: "http://metadata.un.org/sdg/"',
        f'mapping_set_id: "{BASE}version/{policy.version}/mappings"',
        f'mapping_set_version: "{policy.version}"',
        f'mapping_set_description: "{policy.digest}. {NOTICE.text(lang)}"',
        f'license: "{LICENCE_URL}"',
    ):
        made.write(f"# {line}\n")
    writer = csv.writer(made, delimiter="\t", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for link in policy.links:
        if link.relation != "aligned_with":
            continue
        why = f": {link.rationale.text(lang)}" if link.rationale else ""
        writer.writerow(
            [
                f"ppun:{link.source}", _name(policy, link.source, lang), "skos:closeMatch",
                f"ppun:{link.target}", _name(policy, link.target, lang), _CURATED,
                f"{link.basis}{why}",
            ]
        )  # fmt: skip
    for goal in policy.goals:
        number = goal.iri.rstrip("/").rpartition("/")[2]
        writer.writerow(
            [
                f"ppun:{goal.id}", _name(policy, goal.id, lang), "skos:exactMatch", f"sdg:{number}",
                "", _CURATED, "iri",
            ]
        )  # fmt: skip
    return made.getvalue().encode()


def _name(policy: PolicyVersion, id: str, lang: Language) -> str:
    return " ".join(policy.get(id).label.text(lang).split())
