"""The pipeline in ``models/`` is what ``data/`` gives, to the byte."""

from pathlib import Path

import pytest

from claimcheck.pipeline.build import build

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_training_again_gives_the_same_bytes(tmp_path):
    build(ROOT / "data", tmp_path / "en_claims_sm")
    built = {p.relative_to(tmp_path / "en_claims_sm"): p for p in (tmp_path / "en_claims_sm").rglob("*") if p.is_file()}
    kept = ROOT / "models" / "en_claims_sm"
    assert set(built) == {p.relative_to(kept) for p in kept.rglob("*") if p.is_file()}
    assert [str(name) for name, path in built.items() if path.read_bytes() != (kept / name).read_bytes()] == []


def test_no_pickle_in_the_artefact():
    kept = ROOT / "models" / "en_claims_sm"
    assert {p.suffix for p in kept.rglob("*") if p.is_file()} <= {".json", ".npz", ".cfg", ".bin", ".md", ""}
    for path in kept.rglob("*"):
        if path.is_file():
            assert path.read_bytes()[:3] not in (b"\x80\x04\x95", b"\x80\x05\x95"), f"{path} is a pickle"
