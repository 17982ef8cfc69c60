"""The pipeline in ``models/`` is what ``data/`` gives, to the byte."""

import shutil
from pathlib import Path

import pytest

from claimcheck.pipeline.build import ENCODER, MIDDLE, SMALL, build_both

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "models"


def files(folder):
    return {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_training_again_gives_the_same_bytes(tmp_path):
    shutil.copytree(MODELS / MIDDLE / ENCODER, tmp_path / MIDDLE / ENCODER)
    for folder in build_both(ROOT / "data", tmp_path):
        built, kept = files(folder), files(MODELS / folder.name)
        assert set(built) == set(kept)
        assert [str(name) for name, path in built.items() if path.read_bytes() != kept[name].read_bytes()] == []


@pytest.mark.parametrize("name", [SMALL, MIDDLE])
def test_no_pickle_in_the_artefact(name):
    kept = files(MODELS / name).values()
    assert {path.suffix for path in kept} <= {".json", ".npz", ".cfg", ".bin", ".md", ".onnx", ""}
    for path in kept:
        assert path.read_bytes()[:3] not in (b"\x80\x04\x95", b"\x80\x05\x95"), f"{path} is a pickle"


def test_the_encoder_is_small_enough_to_carry():
    assert (MODELS / MIDDLE / ENCODER / "model.onnx").stat().st_size < 25_000_000
