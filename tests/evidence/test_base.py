import pytest

from claimcheck.errors import DataError
from claimcheck.evidence import Effect, EvidenceBase, Lexicon, Subject
from claimcheck.evidence.base import ENTRY_COLUMNS
from claimcheck.records import EvidenceEntry
from claimcheck.terms import Direction, EffectKind, Grade

SUBJECTS = [
    Subject("turmeric", "turmeric", "botanical", is_a=("herbs",)),
    Subject("curcumin", "curcumin", "compound", part_of=("turmeric",)),
    Subject("ginger", "ginger", "botanical", is_a=("herbs",), surveyed="2026"),
    Subject("herbs", "herbs", "class"),
    Subject("aspirin", "aspirin", "medicine", is_a=("painkillers",)),
    Subject("willow", "willow", "botanical", is_a=("painkillers",)),
    Subject("painkillers", "painkillers", "medicine"),
]
EFFECTS = [
    Effect("arthritis", "arthritis", EffectKind.DISEASE, serious=True),
    Effect("knee", "knee arthrosis", EffectKind.DISEASE, is_a=("arthritis",)),
    Effect("nausea", "nausea", EffectKind.SYMPTOM),
    Effect("pain", "pain", EffectKind.SYMPTOM),
    Effect("side-effects", "side effects", EffectKind.HARM),
    Effect("bleeding", "bleeding", EffectKind.HARM, is_a=("side-effects",)),
]
BENEFIT, HARM, SAFETY = Direction.BENEFIT, Direction.HARM, Direction.SAFETY


def entry(subject, effect, direction, grade, **more):
    return EvidenceEntry(f"{subject}/{effect}/{direction}", subject, effect, direction, grade, **more)


@pytest.fixture
def base():
    lexicon = Lexicon({s.id: s for s in SUBJECTS}, {e.id: e for e in EFFECTS})
    return EvidenceBase(
        lexicon,
        [
            entry("turmeric", "arthritis", BENEFIT, Grade.B),
            entry("turmeric", "nausea", BENEFIT, Grade.C),
            entry("ginger", "nausea", BENEFIT, Grade.C),
            entry("ginger", "knee", BENEFIT, Grade.B),
            entry("turmeric", "bleeding", HARM, Grade.A),
            entry("painkillers", "pain", BENEFIT, Grade.A),
        ],
    )


def test_the_pair_itself_answers(base):
    answer = base.ask("turmeric", "arthritis", BENEFIT)
    assert (answer.grade, answer.via) == (Grade.B, "direct")


def test_a_wider_effect_answers_for_its_case(base):
    answer = base.ask("turmeric", "knee", BENEFIT)
    assert (answer.grade, answer.via) == (Grade.B, "effect")


def test_cases_answer_for_the_wide_effect_where_they_agree(base):
    assert base.ask("ginger", "arthritis", BENEFIT).grade is Grade.B


def test_the_whole_answers_for_its_part(base):
    answer = base.ask("curcumin", "arthritis", BENEFIT)
    assert (answer.grade, answer.via) == (Grade.B, "subject")


def test_members_answer_for_their_class_where_they_agree(base):
    assert base.ask("herbs", "nausea", BENEFIT).via == "members"
    assert base.ask("herbs", "pain", BENEFIT) is None


def test_a_medicine_never_answers_for_a_herb(base):
    assert base.ask("aspirin", "pain", BENEFIT).grade is Grade.A
    assert base.ask("willow", "pain", BENEFIT) is None


def test_a_harm_never_answers_a_benefit(base):
    assert base.ask("turmeric", "bleeding", BENEFIT) is None


def test_a_harm_answers_the_claim_of_its_absence(base):
    assert base.ask("turmeric", "bleeding", SAFETY).grade is Grade.D
    assert base.ask("turmeric", "side-effects", SAFETY).grade is Grade.D


def test_a_surveyed_subject_answers_c_and_says_so(base):
    answer = base.ask("ginger", "pain", BENEFIT)
    assert (answer.grade, answer.via, answer.matches) == (Grade.C, "surveyed", ())
    assert "surveyed 2026" in answer.how
    assert base.ask("ginger", "bleeding", HARM) is None


def test_the_entry_for_the_people_named_answers_first():
    lexicon = Lexicon({s.id: s for s in SUBJECTS}, {e.id: e for e in EFFECTS})
    known = [
        EvidenceEntry("a", "ginger", "nausea", BENEFIT, Grade.A, holds_for="pregnancy"),
        EvidenceEntry("b", "ginger", "nausea", BENEFIT, Grade.C, holds_for="dogs"),
    ]
    base = EvidenceBase(lexicon, known)
    assert base.ask("ginger", "nausea", BENEFIT).grade is Grade.A
    assert base.ask("ginger", "nausea", BENEFIT, None, frozenset({"animals"})).grade is Grade.C


def test_two_grades_for_one_relation_are_a_contradiction():
    lexicon = Lexicon({s.id: s for s in SUBJECTS}, {e.id: e for e in EFFECTS})
    one = entry("ginger", "nausea", BENEFIT, Grade.A)
    other = EvidenceEntry("again", "ginger", "nausea", BENEFIT, Grade.C)
    assert EvidenceBase(lexicon, [one, other]).contradictions() == [(one, other)]


@pytest.mark.parametrize(
    ("column", "value", "complaint"),
    [
        ("subject", "galangal", "unknown subject"),
        ("effect", "joy", "unknown effect"),
        ("grade", "E", "grade is 'E'"),
        ("direction", "up", "direction is 'up'"),
        ("carries", "cures", "carries is 'cures'"),
        ("status", "sure", "status is 'sure'"),
        ("reference", "", "no reference"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(tmp_path, base, column, value, complaint):
    row = dict.fromkeys(ENTRY_COLUMNS, "")
    row |= {"id": "x", "subject": "ginger", "effect": "pain", "direction": "benefit", "grade": "C"}
    row |= {"reference": "somewhere", "status": "recalled", column: value}
    table = tmp_path / "roots.csv"
    table.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=complaint) as caught:
        EvidenceBase.load(tmp_path, base.lexicon)
    assert str(caught.value).startswith(f"{table}:2: ")


def test_a_base_survives_plain_data(base):
    assert EvidenceBase.from_dict(base.to_dict()).to_dict() == base.to_dict()
