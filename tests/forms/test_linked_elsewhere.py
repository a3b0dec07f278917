"""Linked data and records for catalogues, as other people's libraries read and check them."""

import csv
import io
import json

import pytest

import ppun_bfc
from ppun_bfc import export
from ppun_bfc.export.linked import BASE, CONTEXT

pytestmark = pytest.mark.filterwarnings("ignore")  # of other people's libraries

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix ppun: <https://ppun-bfc.example/ns#> .
@prefix dct: <http://purl.org/dc/terms/> .

# The integrity conditions of SKOS (S9, S13, S14, S27, S37), and what this project promises beside.
ppun:Concepts a sh:NodeShape ; sh:targetClass skos:Concept ;
  sh:property [ sh:path skos:prefLabel ; sh:uniqueLang true ; sh:minCount 1 ; sh:disjoint skos:altLabel ] ;
  sh:property [ sh:path skos:inScheme ; sh:minCount 1 ; sh:class skos:ConceptScheme ] ;
  sh:property [ sh:path skos:broader ; sh:maxCount 1 ; sh:class skos:Concept ] ;
  sh:property [ sh:path ( skos:broader [ sh:zeroOrMorePath skos:broader ] ) ; sh:disjoint skos:exactMatch ] ;
  sh:not [ sh:class skos:ConceptScheme ] .
ppun:Schemes a sh:NodeShape ; sh:targetClass skos:ConceptScheme ;
  sh:property [ sh:path skos:hasTopConcept ; sh:minCount 1 ; sh:class skos:Concept ] .
ppun:Links a sh:NodeShape ; sh:targetClass ppun:Link ;
  sh:property [ sh:path ppun:basis ; sh:in ( "stated" "derived" ) ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path dct:source ; sh:minCount 1 ] .
ppun:Places a sh:NodeShape ; sh:targetClass oa:TextQuoteSelector ;
  sh:property [ sh:path oa:exact ; sh:minCount 1 ; sh:maxCount 1 ] .
"""
SKOS_CLASSES = ("skos:Concept", "skos:ConceptScheme", "ppun:Link", "oa:TextQuoteSelector")


@pytest.fixture
def read(need):
    rdflib = need("rdflib")

    def graph(data, form):
        return rdflib.Graph().parse(data=data, format=form)

    return graph


def conforms(need, graph, shapes, classes):
    """Whether a graph conforms; each class has something that the shapes look at."""
    rdflib, pyshacl = need("rdflib"), need("pyshacl")
    if isinstance(shapes, str):
        shapes = rdflib.Graph().parse(data=shapes, format="turtle")
    for name in classes:
        prefix, _, rest = name.partition(":")
        iri = rdflib.URIRef(CONTEXT[prefix] + rest)
        assert (None, rdflib.RDF.type, iri) in graph, name
    found, _, told = pyshacl.validate(graph, shacl_graph=shapes)
    return found, told


def without(graph, *predicates):
    """A twin of a graph without what some predicates say."""
    twin = type(graph)()
    for triple in graph:
        if not str(triple[1]).endswith(predicates):
            twin.add(triple)
    return twin


def test_both_forms_are_the_same_graph(version, read):
    one = read(export.make(version, "json-ld"), "json-ld")
    other = read(export.make(version, "turtle"), "turtle")
    assert len(one) == len(other) > 10_000
    named = {triple for triple in one if "BNode" not in {type(x).__name__ for x in triple}}
    assert named == {t for t in other if "BNode" not in {type(x).__name__ for x in t}}


def test_names_are_exact(version, read, need):
    rdflib = need("rdflib")
    graph = read(export.make(version, "turtle"), "turtle")
    preferred = rdflib.SKOS.prefLabel
    for one in version:
        told = {label.value for label in graph.objects(rdflib.URIRef(f"{BASE}id/{one.id}"), preferred)
                if label.language == "fr"}  # fmt: skip
        assert told == {one.label.fr}


def test_it_keeps_the_conditions_of_skos(need, read):
    graph = read(export.make(ppun_bfc.load(), "turtle"), "turtle")
    good, told = conforms(need, graph, SHAPES, SKOS_CLASSES)
    assert good, told[:2000]
    for predicate in ("core#prefLabel", "#basis", "core#inScheme", "oa#exact"):
        assert not conforms(need, without(graph, predicate), SHAPES, SKOS_CLASSES)[0], predicate


def test_json_ld_is_expanded_and_compacted_without_a_network(version, need):
    pyld = need("pyld")
    made = json.loads(export.make(version, "json-ld"))

    def loader(address, options):
        pytest.fail(f"asked for {address}")

    options = {"documentLoader": loader}
    expanded = pyld.jsonld.expand(made, options)
    compacted = pyld.jsonld.compact(expanded, made["@context"], options)
    assert pyld.jsonld.expand(compacted, options) == expanded
    assert len(expanded) == len(made["@graph"])


@pytest.mark.parametrize(
    ("form", "shapes", "classes", "needed"),
    [
        (
            "dcat-ap",
            "dcat-ap-3.0.1-shacl.ttl",
            ("dcat:Catalog", "dcat:Dataset", "dcat:Distribution", "spdx:Checksum", "foaf:Agent"),
            ("terms/title", "dcat#accessURL", "terms#checksumValue", "foaf/0.1/name"),
        ),
        (
            "cpsv-ap",
            "cpsv-ap-3.2.0-shacl.ttl",
            ("cpsv:PublicService", "cv:PublicOrganisation"),
            ("terms/identifier", "terms/title", "hasCompetentAuthority", "core#prefLabel"),
        ),
    ],
)
def test_a_record_for_a_catalogue_conforms(version, need, read, standards, form, shapes, classes, needed):  # fmt: skip
    rdflib = need("rdflib")
    graph = read(export.make(version, form), "turtle")
    rules = rdflib.Graph().parse(standards / shapes, format="turtle")
    good, told = conforms(need, graph, rules, classes)
    assert good, told[:2000]
    for predicate in needed:
        assert not conforms(need, without(graph, predicate), rules, classes)[0], predicate


def test_aids_meet_the_national_schema(version, need, standards, tmp_path, monkeypatch):
    frictionless = need("frictionless")
    monkeypatch.chdir(tmp_path)
    data = export.make(version, "dispositif-aide")
    (tmp_path / "aids.csv").write_bytes(data)
    schema = json.loads((standards / "dispositif-aide-0.2.0.json").read_text(encoding="utf-8"))
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert rows
    assert [field["name"] for field in schema["fields"]] == list(rows[0])

    def report():
        resource = frictionless.Resource(
            path="aids.csv", schema=frictionless.Schema.from_descriptor(schema)
        )
        return frictionless.validate(resource)

    found = report()
    assert found.valid, found.flatten(["type", "fieldName", "note"])[:6]
    broken = data.replace(rows[0]["id"].encode(), b"1", 1)
    (tmp_path / "aids.csv").write_bytes(broken)
    assert not report().valid


def test_mappings_meet_sssom(version, need, program, tmp_path):
    path = tmp_path / "m.sssom.tsv"
    data = export.make(version, "sssom")
    path.write_bytes(data)
    done = program("sssom", "validate", path)
    assert (done.returncode, done.stderr) == (0, "")  # what is left out is told there
    found = need("sssom.parsers").parse_sssom_table(str(path)).df
    aligned = [link for link in version.links if link.relation == "aligned_with"]
    assert len(found) == len(aligned) + len(version.goals)
    path.write_bytes(data.replace(b"semapv:ManualMappingCuration", b"x"))
    broken = program("sssom", "validate", path)
    assert broken.returncode != 0


def test_a_site_is_served_from_a_folder(version, tmp_path):
    import http.server
    import threading
    import urllib.request
    from functools import partial

    export.write(version, "site", tmp_path / "site")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=tmp_path / "site")
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    with urllib.request.urlopen(f"{address}index.json") as answer:
        index = json.load(answer)
    for path in index["paths"]:
        with urllib.request.urlopen(address + path) as answer:
            assert json.load(answer) is not None
    assert len(index["paths"]) > len(list(version))
    server.shutdown()
    server.server_close()
