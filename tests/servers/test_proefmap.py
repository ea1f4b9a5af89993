"""Where the servers of a test run keep their data, and that nothing of a killed run stays there."""

import pytest

from collectief.servers import opdrachten


@pytest.fixture
def plaatsen(tmp_path, monkeypatch):
    """Stand-ins for memory and disk; memory has room enough."""
    (geheugen := tmp_path / "geheugen").mkdir()
    monkeypatch.setattr(opdrachten, "GEHEUGEN", geheugen)
    monkeypatch.setattr(opdrachten, "GEHEUGEN_NODIG", 0)
    monkeypatch.setattr(opdrachten, "DATA", tmp_path / "data")
    return geheugen, tmp_path / "data" / "test"


def test_in_het_geheugen_als_daar_ruimte_is(plaatsen):
    geheugen, _ = plaatsen

    assert opdrachten._proefmap().parent == geheugen
    assert opdrachten._proefmap().stat().st_mode & 0o077 == 0


def test_op_schijf_als_het_geheugen_te_klein_is(plaatsen, monkeypatch):
    monkeypatch.setattr(opdrachten, "GEHEUGEN_NODIG", 2**63)

    assert opdrachten._proefmap() == plaatsen[1]


def test_op_schijf_als_er_geen_geheugenschijf_is(plaatsen, monkeypatch, tmp_path):
    monkeypatch.setattr(opdrachten, "GEHEUGEN", tmp_path / "nergens")

    assert opdrachten._proefmap() == plaatsen[1]


def test_op_schijf_als_een_ander_die_plek_openzette(plaatsen):
    van_een_ander = opdrachten._proefmap()
    van_een_ander.chmod(0o777)
    (van_een_ander / "iets").mkdir()
    (van_een_ander / "iets/slot").write_text("")

    assert opdrachten._proefmap() == plaatsen[1]
    assert (van_een_ander / "iets").exists()


def test_wat_een_gedode_voorganger_achterliet_verdwijnt_op_beide_plekken(plaatsen):
    _, schijf = plaatsen
    for map_ in (opdrachten._proefmap(), schijf):
        (map_ / "gedood").mkdir()
        (map_ / "gedood/slot").write_text("")

    geheugen = opdrachten._proefmap()

    assert list(geheugen.iterdir()) == []
    assert list(schijf.iterdir()) == []
