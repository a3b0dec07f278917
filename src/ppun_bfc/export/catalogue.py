"""
Short records for other people's catalogues, as Turtle.

`dcat_ap`: the data set, for catalogues of open data (DCAT-AP 3.0). `cpsv_ap`: the aids as public
services (CPSV-AP 3.2), each with its name, summary, body, audience and price; who may apply on which
conditions is told by the other forms only.
"""

from collections.abc import Iterator

from ..languages import Language
from ..models import Aid
from ..policy import PolicyVersion
from ..release import LICENCE_URL, NOTICE, PUBLISHER
from .linked import BASE, Node, Value, as_turtle, ref, said

__all__ = ["cpsv_ap", "dcat_ap"]

#: The region, as the Union's register of places knows it (NUTS 1).
_PLACE = "http://data.europa.eu/nuts/code/FRC"
_LANGUAGES = "http://publications.europa.eu/resource/authority/language/"


def dcat_ap(policy: PolicyVersion, lang: Language = "fr") -> bytes:
    """The record of the data set."""
    return as_turtle(policy, _data_set(policy), lang)


def _data_set(policy: PolicyVersion) -> Iterator[Node]:
    version, publisher = f"{BASE}version/{policy.version}", f"{BASE}publisher"
    spoken: Node = {"@id": f"{_LANGUAGES}FRA"}
    yield {
        "@id": f"{BASE}catalogue",
        "@type": "dcat:Catalog",
        "dct:title": said(policy.policy.label),
        "dct:description": _notice(),
        "dct:publisher": {"@id": publisher},
        "dcat:dataset": {"@id": version},
    }
    yield {
        "@id": version,
        "@type": "dcat:Dataset",
        "dct:title": said(policy.policy.label),
        "dct:description": _notice(),
        "dct:identifier": policy.digest,
        "dcat:version": policy.version,
        "dct:publisher": {"@id": publisher},
        "dct:spatial": {"@id": _PLACE},
        "dct:language": spoken,
        "dcat:distribution": {"@id": f"{version}/json"},
    }
    yield {
        "@id": f"{version}/json",
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": version},
        "dct:license": {"@id": LICENCE_URL},
        "dcat:byteSize": {"@value": str(len(policy.to_json())), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"},
            "spdx:checksumValue": {
                "@value": policy.digest.partition(":")[2],
                "@type": "xsd:hexBinary",
            },
        },
    }
    yield {
        "@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
        "@type": "spdx:ChecksumAlgorithm",
    }
    yield {"@id": publisher, "@type": "foaf:Agent", "foaf:name": PUBLISHER}
    yield {"@id": _PLACE, "@type": "dct:Location"}
    yield {"@id": f"{_LANGUAGES}FRA", "@type": "dct:LinguisticSystem"}
    yield {"@id": LICENCE_URL, "@type": "dct:LicenseDocument"}


def _notice() -> list[Value]:
    return [
        {"@value": NOTICE.fr, "@language": "fr"},
        {"@value": NOTICE.en, "@language": "en"},
    ]


def cpsv_ap(policy: PolicyVersion, lang: Language = "fr") -> bytes:
    """The aids that one may ask for and of which a source says who pays."""
    return as_turtle(policy, _services(policy), lang)


def _services(policy: PolicyVersion) -> Iterator[Node]:
    bodies: dict[str, None] = {}
    for aid in policy.aids:
        paying = _payers(policy, aid)
        if policy.children(aid, "aid") or not aid.summary or not paying:
            continue
        bodies |= dict.fromkeys(paying)
        yield {
            **ref(BASE, aid.id),
            "@type": "cpsv:PublicService",
            "dct:identifier": aid.id,
            "dct:title": said(aid.label),
            "dct:description": said(aid.summary),
            "dct:spatial": {"@id": _PLACE},
            "dct:language": {"@id": f"{_LANGUAGES}FRA"},
            "cv:hasCompetentAuthority": [ref(BASE, id) for id in paying],
        }
    for id in bodies:
        yield {
            **ref(BASE, id),
            "@type": "cv:PublicOrganisation",
            "dct:identifier": id,
            "skos:prefLabel": said(policy.get(id).label),
            "dct:spatial": {"@id": _PLACE},
        }
    yield {"@id": _PLACE, "@type": "dct:Location"}
    yield {"@id": f"{_LANGUAGES}FRA", "@type": "dct:LinguisticSystem"}


def _payers(policy: PolicyVersion, aid: Aid) -> list[str]:
    """Who pays for an aid, or for what holds it."""
    for one in (aid, *policy.ancestors(aid)):
        if found := [link.target for link in policy.related(one, "funded_by", "out")]:
            return [id for id in found if id.startswith("actor:")]
    return []
