"""
The aids in the French national schema `dispositif-aide` 0.2.0, as CSV.

Only what that schema means exactly is filled in: an aid that says who may apply, of which a source
tells who pays, and whose applicants are of a sort that it knows. The others are left out; brackets
stand in the text of `eligibilite`. The schema wants a UUID: it is the fifth sort, of the IRI of the aid.
"""

import csv
import io
from uuid import NAMESPACE_URL, uuid5

from ..languages import Language
from ..models import Aid, EdtfDate
from ..policy import PolicyVersion
from .linked import BASE

__all__ = ["FIELDS", "table"]

FIELDS: tuple[str, ...] = (
    "id", "titre", "promesse", "description", "eligibilite", "types_aides", "porteurs",
    "programmes_parents", "url_source", "cibles", "eligibilite_geographique",
    "eligibilite_geographique_exclusions", "date_ouverture", "date_cloture", "date_mise_a_jour",
)  # fmt: skip
#: What sort of beneficiary the schema takes each applicant for; read by a person.
_TARGETS = {
    "actor:associations": "associations",
    "audience:fondations": "associations",
    "audience:cooperatives": "professionnels",
    "audience:gie": "professionnels",
    "audience:jeunes-16-25-ans-en-recherche-d-emploi": "particuliers",
    **dict.fromkeys(
        (
            "actor:chambres-consulaires", "actor:communes", "actor:departements", "actor:epci",
            "audience:collectivites", "audience:etablissements-publics",
            "audience:etablissements-publics-de-sante", "audience:gip",
            "audience:groupements-de-collectivites", "audience:parcs-naturels-regionaux",
            "audience:pays", "audience:petr", "audience:sivos", "audience:villes-centres",
        ),
        "secteur public",
    ),
}  # fmt: skip
#: The region in the official geographic code.
_REGION = "REG-27"


def table(policy: PolicyVersion, lang: Language = "fr") -> bytes:  # noqa: ARG001 - it is French
    """The CSV file."""
    made = io.StringIO(newline="")
    writer = csv.DictWriter(made, FIELDS, restval="")
    writer.writeheader()
    for aid in policy.aids:
        if row := _row(policy, aid):
            writer.writerow(row)
    return made.getvalue().encode()


def _row(policy: PolicyVersion, aid: Aid) -> dict[str, str] | None:
    targets = dict.fromkeys(_TARGETS[e.who] for e in aid.eligible if e.who in _TARGETS)
    payers = _payers(policy, aid)
    if not (targets and payers and aid.summary):
        return None

    def name(id: str) -> str:
        return policy.get(id).label.fr

    who = [f"• {one.words('fr', name)}" for one in aid.eligible]
    terms = [f"• {bracket.words('fr')}" for bracket in aid.brackets]
    rules = [f"• {rule.text.fr}" for rule in aid.rules]
    url = aid.url or aid.citations[0].url or ""
    return {
        "id": str(uuid5(NAMESPACE_URL, f"{BASE}id/{aid.id}")),
        "titre": aid.label.fr,
        "description": aid.summary.fr,
        "eligibilite": "\n".join([*who, *terms, *rules]),
        "types_aides": "financement",
        "porteurs": f"[{', '.join(payers)}]",
        "url_source": url.partition("#")[0],
        "cibles": "|".join(targets),
        "eligibilite_geographique": _REGION,
        "date_ouverture": _moment(aid.opens.date if aid.opens else None),
        "date_cloture": _moment(aid.closes.date if aid.closes else None, last=True),
        # The schema wants a day; what is not published yet has that of the adoption.
        "date_mise_a_jour": f"{policy.released or policy.policy.adopted.date.first}T00:00:00Z",
    }


def _payers(policy: PolicyVersion, aid: Aid) -> list[str]:
    """Who pays for an aid, or for what holds it, as the schema writes it."""
    for one in (aid, *policy.ancestors(aid)):
        links = policy.related(one, "funded_by", "out", kind="actor")
        if links:
            bodies = [policy.actors[link.target] for link in links]
            return [
                "{{ nom: {}, siren: {}, roles: [ 'financeur' ]}}".format(
                    _quoted(body.label.fr), _quoted(dict(body.codes).get("siren", ""))
                )
                for body in bodies
            ]
    return []


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "’") + "'"


def _moment(day: EdtfDate | None, *, last: bool = False) -> str:
    """A day as a moment; empty where the source gives no day."""
    if day is None or day.first != day.last:
        return ""
    return f"{day.first.isoformat()}T{'23:59:59' if last else '00:00:00'}Z"
