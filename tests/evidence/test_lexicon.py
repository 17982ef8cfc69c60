import pytest

from claimcheck.errors import DataError
from claimcheck.evidence import Lexicon

SUBJECTS = "id,name,type,names,is_a,part_of,surveyed,note\n"
EFFECTS = "id,name,kind,serious,is_a,names,phrases\n"


def lexicon(tmp_path, subjects="", effects=""):
    (tmp_path / "subjects.csv").write_text(SUBJECTS + subjects, encoding="utf-8")
    (tmp_path / "effects.csv").write_text(EFFECTS + effects, encoding="utf-8")
    return Lexicon.load(tmp_path)


@pytest.mark.parametrize(
    ("subjects", "effects", "complaint"),
    [
        ("a,ginger,botanical,,roots,,,\n", "", "unknown parent roots"),
        ("a,ginger,botanical,,b,,,\nb,root,class,,a,,,\n", "", "runs in a circle: a > b > a"),
        ("a,ginger,botanical,,,,,\na,galangal,botanical,,,,,\n", "", "stands twice"),
        ("a,ginger,botanical,zingiber,,,,\nb,galangal,botanical,Zingiber,,,,\n", "", "under a and b"),
        ("a,ginger,botanical\n", "", "3 cells"),
        ("", "p,pain,feeling,,,,\n", "kind is 'feeling'"),
        ("", "p,pain,symptom,maybe,,,\n", "serious is 'maybe'"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(tmp_path, subjects, effects, complaint):
    with pytest.raises(DataError, match=complaint) as caught:
        lexicon(tmp_path, subjects, effects)
    assert str(tmp_path) in str(caught.value)


def test_a_wrong_header_is_an_error(tmp_path):
    (tmp_path / "subjects.csv").write_text("id,name\n", encoding="utf-8")
    with pytest.raises(DataError, match="the header is id,name"):
        Lexicon.load(tmp_path)


def test_wider_and_narrower(tmp_path):
    names = lexicon(
        tmp_path,
        "curcumin,curcumin,compound,,,turmeric,,\nturmeric,turmeric,botanical,,herbs,,,\nherbs,herbs,class,,,,,\n",
        "knee,knee arthrosis,disease,yes,arthritis,,\narthritis,arthritis,disease,yes,,,\n",
    )
    assert list(names.wider_subjects("curcumin")) == ["curcumin", "turmeric", "herbs"]
    assert names.members("herbs") == ["turmeric"]
    assert list(names.wider_effects("knee")) == ["knee", "arthritis"]
    assert names.narrower_effects("arthritis") == ["knee"]
    assert names.effects["knee"].serious


def test_a_lexicon_survives_plain_data(tmp_path):
    names = lexicon(tmp_path, "a,ginger,botanical,zingiber; adrak,,,2026,\n", "p,pain,symptom,,,aches,hurts less\n")
    assert Lexicon.from_dict(names.to_dict()).to_dict() == names.to_dict()
