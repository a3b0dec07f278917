"""A person's own notes on things of the policy, read, shown and refused."""

import copy
import json
import pickle
from typing import Any

import pytest

import ppun_bfc
from ppun_bfc import InvalidData, UnreadableFile, WrongType
from ppun_bfc.errors import UnknownField
from ppun_bfc.layer import Layer, Note

ID = "theme:inclusion"


@pytest.fixture
def layer(policy, tmp_path):
    def read(text, name="own.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_text(text, encoding=encoding, newline="")
        return Layer.read(path, policy)

    return read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_it_is_read_as_people_write_it(layer, encoding):
    found = layer(f"id;valeur;note\r\n{ID};3;déjà « vu »\r\n\r\n", encoding=encoding)
    assert found == Layer("own.csv", {ID: Note("3", "déjà « vu »")})
    assert hash(found) == hash(copy.deepcopy(found))
    assert pickle.loads(pickle.dumps(found)) == found
    assert found != "own.csv"


def test_it_is_a_value(layer, policy, tmp_path):
    found = layer(f"id,value\n{ID},3\n")
    with pytest.raises(AttributeError):
        found.name = "x"
    with pytest.raises(TypeError):
        found.notes["x"] = Note("", "")
    (tmp_path / "again.csv").write_text(found.to_csv(), encoding="utf-8", newline="")
    assert Layer.read(str(tmp_path / "again.csv"), policy).notes == found.notes


def test_it_is_shown_beside_names(layer, policy):
    found = layer(f"id,value,note\n{ID},3,x\nscheme:srdeii,,vu\nscheme:sraddet\n")
    matrix = policy.matrix("theme", "scheme")
    head, first, *_ = found.table(matrix, "en")
    assert first[0] == "Inclusion [3]"
    assert "SRDEII [vu]" in head
    assert "SRADDET" in head
    assert found.on("x", "scheme:none") == "x"
    assert "3 – x" in found.text("en")
    assert repr(found) == "<Layer own.csv: 3 notes>"
    assert str(Layer("none", {})).startswith("none")


def test_every_wrong_id_is_told_with_its_line(layer):
    with pytest.raises(InvalidData) as told:
        layer(f'id,value,note\n{ID},1,"a\nb"\n\ntheme:inclusio,2\nzzzz:zz,3\n{ID},4\n')
    found = [(one.place.line, one.problem.code) for one in told.value.findings]
    assert found == [(5, "unknown-reference"), (6, "unknown-reference"), (7, "duplicate-id")]
    assert "such as theme:inclusion" in str(told.value)
    assert "--" not in str(told.value)  # no option of another command


def test_a_wrong_file_is_told(layer, policy, tmp_path):
    with pytest.raises(UnknownField, match=r"own\.csv has no 'id'; known: name, value"):
        layer("name,value\nx,1\n")
    for text in ("", "\n\n"):
        with pytest.raises(InvalidData, match="nothing here"):
            layer(text)
    with pytest.raises(InvalidData, match=r"own\.csv"):
        layer(f'id,note\n{ID},"{"x" * 200_000}"\n')
    with pytest.raises(UnreadableFile):
        Layer.read(tmp_path / "no.csv", policy)
    nothing: Any = 3
    with pytest.raises(WrongType):
        Layer.read(nothing, policy)


def test_the_commands_show_it(cli, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("id;value\npriority:inclusion-citoyenne;12\n", encoding="utf-8")
    done = cli("matrix", "--layer", path)
    assert "priorities [12]" in " ".join(done.stdout.split())
    plain = cli("matrix")
    assert "[12]" not in plain.stdout
    told = json.loads(cli("matrix", "--layer", path, "--format", "json").stdout)
    assert told["layer"] == {"priority:inclusion-citoyenne": {"value": "12", "note": ""}}
    assert "layer" not in json.loads(cli("matrix", "--format", "json").stdout)
    table = cli("matrix", "--layer", path, "--format", "csv")
    assert "[12]" in table.stdout


def test_the_workbook_shows_it(tmp_path):
    pytest.importorskip("xlsxwriter")
    import zipfile

    from ppun_bfc import export

    path = tmp_path / "own.csv"
    path.write_text(f"id;value;note\n{ID};3;à suivre\npriority:inclusion-citoyenne;12;\n", "utf-8")
    export.write(ppun_bfc.load(), "xlsx", tmp_path / "x.xlsx", layer=str(path))
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "à suivre" in texts
    assert "[12]" in texts
    assert "Valeur" in texts


def test_bytes_that_are_no_text_are_one_error(tmp_path, policy):
    path = tmp_path / "notes.csv"
    path.write_bytes(b"\xff\xfe" + "id;note\n".encode("utf-16-le") + b"x")
    with pytest.raises(InvalidData):
        Layer.read(path, policy)
