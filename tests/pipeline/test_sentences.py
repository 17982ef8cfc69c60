import pytest


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Calm Root Drops\nThey help you sleep.", ["Calm Root Drops", "They help you sleep."]),
        ("Dr. Ames takes 5,000 IU. She sleeps.", ["Dr. Ames takes 5,000 IU.", "She sleeps."]),
        ("It works! Really? Yes.", ["It works!", "Really?", "Yes."]),
        ("Buy now 🎉 Free shipping", ["Buy now 🎉", "Free shipping"]),
        ("Take it at 9 a.m. You will see.", ["Take it at 9 a.m.", "You will see."]),
        ("- Less pain\n- More sleep", ["Less pain", "More sleep"]),
        ("He said “it heals.” She laughed.", ["He said “it heals.”", "She laughed."]),
        ("Contains 2.5 g of e.g. inulin per day.", ["Contains 2.5 g of e.g. inulin per day."]),
        ("• Sleep\n• Mood", ["Sleep", "Mood"]),
    ],
)
def test_sentences(nlp, text, sentences):
    found = [sent.text.strip(" \n-•") for sent in nlp(text).sents]
    assert [sentence for sentence in found if sentence] == sentences


def test_a_hard_wrapped_paragraph_is_one_sentence(nlp):
    text = "A long line that was wrapped by somebody who wrote it in an editor\nand goes on here until it ends."
    assert len(list(nlp(text).sents)) == 1
