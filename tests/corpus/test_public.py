from __future__ import annotations

import pytest

from claimcheck.corpus import public
from claimcheck.errors import DataError
from claimcheck.pipeline.public import load_healthsea
from tests.corpus import public_files

LOADERS = {
    "li2021": public.load_li2021,
    "eurekalert": public.load_eurekalert,
    "insciout": public.load_insciout,
    "negex": public.load_negex,
    "bioscope": public.load_bioscope,
    "trec_misinfo": public.load_trec_misinfo,
    "healthsea": load_healthsea,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return public_files.write(tmp_path_factory.mktemp("public"))


@pytest.mark.parametrize("name", LOADERS)
def test_a_folder_and_its_file_are_the_same(folder, name):
    files = sorted((folder / name).iterdir())
    assert LOADERS[name](folder / name) == [item for file in files for item in LOADERS[name](file)]


def test_li2021(folder):
    found = public.load_li2021(folder / "li2021")
    assert [item.label for item in found] == ["none", "weak", "strong"]
    assert found[2].text == "Garlic cures cancer, and everyone should eat it."


def test_eurekalert(folder):
    assert [item.label for item in public.load_eurekalert(folder / "eurekalert")] == list(public.CAUSAL)


def test_insciout(folder):
    assert public.load_insciout(folder / "insciout")[0] == public.Pair(*public_files.INSCIOUT[0])


def test_negex_gives_the_concept_back_its_letters(folder):
    cough, knee, missing = public.load_negex(folder / "negex")
    assert (cough.text, cough.text[cough.start : cough.end], cough.negated) == (
        "She has no cough today.",
        "cough",
        True,
    )
    assert knee.text[knee.start : knee.end] == "sore knee"
    assert not knee.negated
    assert (missing.start, missing.end) == (-1, -1)


def test_bioscope(folder):
    assert public.load_bioscope(folder / "bioscope") == [
        public.Cued("The cells may divide at night.", hedged=True, negated=False),
        public.Cued("We saw no change.", hedged=False, negated=True),
        public.Cued("The plates were blue & round.", hedged=False, negated=False),
    ]


def test_trec_misinfo(folder):
    assert [(topic.number, topic.helps) for topic in public.load_trec_misinfo(folder / "trec_misinfo")] == [
        ("1", False),
        ("2", True),
        ("3", False),
    ]


def test_healthsea(folder):
    assert [tuple(item) for item in load_healthsea(folder / "healthsea")] == public_files.CLAUSES


@pytest.mark.parametrize("name", LOADERS)
def test_a_file_that_is_not_there(tmp_path, name):
    with pytest.raises(DataError):
        LOADERS[name](tmp_path)
    with pytest.raises(DataError):
        LOADERS[name](tmp_path / "gone")


@pytest.mark.parametrize("name", LOADERS)
@pytest.mark.parametrize("content", ["<topics", "{}", "a,b\n1,2\n"])
def test_a_file_of_another_form(tmp_path, name, content):
    file = tmp_path / "file"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match="file"):
        LOADERS[name](file)


@pytest.mark.parametrize("label", ["9", "x", ""])
def test_a_label_that_is_none(tmp_path, label):
    file = tmp_path / "file"
    file.write_text(f"sentence,label\nRain.,{label}\n", encoding="utf-8")
    with pytest.raises(DataError, match="row 1: the label is"):
        public.load_li2021(file)


def test_a_topic_without_an_answer(tmp_path):
    file = tmp_path / "file"
    file.write_text(public_files.TOPICS_2020.replace(">no<", ">perhaps<"), encoding="utf-8")
    with pytest.raises(DataError, match="topic 1 has no description, or its answer is 'perhaps'"):
        public.load_trec_misinfo(file)
