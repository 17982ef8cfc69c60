"""The second opinion: what it sees, when it is asked, and that it is the same alone and in company."""

import pytest

from claimcheck.classifier.encoding import View
from claimcheck.pipeline.encoder import Encoder
from claimcheck.pipeline.reading import reading


@pytest.fixture
def encoder(nlp):
    return nlp.get_pipe("claim_encoder")


def up_to_the_encoder(nlp, text):
    doc = nlp.make_doc(text)
    for name, component in nlp.pipeline:
        if name == "claim_encoder":
            break
        doc = component(doc)
    return doc


def test_it_sees_the_heading_and_the_sentence_before(nlp):
    asking = Encoder("encoder", sure=0.0)
    doc = up_to_the_encoder(nlp, "Why ginger\n\nIt is a root. It settles the stomach.")
    views = [view for _, view in asking._doubtful(reading(doc), doc)]
    assert views[-1] == View(views[-1].heading, "It is a root.", "It settles the stomach.")
    assert views[0].before == ""


def test_long_context_is_cut_where_the_training_cut_it():
    first, second = View("h" * 100, "b" * 200, "text").pair
    assert first == "h" * 60 + " | " + "b" * 90
    assert second == "text"


def test_it_moves_a_doubtful_sentence_and_leaves_a_sure_one(nlp, encoder):
    doc = up_to_the_encoder(nlp, "Our fennel tea settles the stomach after dinner.")
    [sentence] = reading(doc).sentences
    sentence.claim = 0.5
    encoder.annotate([doc])
    assert sentence.claim > 0.5
    sentence.claim = 0.001
    encoder.annotate([doc])
    assert sentence.claim == 0.001


def test_company_does_not_change_a_sentence(nlp, encoder):
    texts = [
        "Fennel settles the stomach.",
        "Orders over 40 dollars ship free.",
        "The voyage took a year.",
    ]
    alone = []
    for text in texts:
        doc = up_to_the_encoder(nlp, text)
        encoder.annotate([doc])
        alone.append(reading(doc).sentences[0].claim)
    docs = [up_to_the_encoder(nlp, text) for text in texts]
    encoder.annotate(docs)
    together = [reading(doc).sentences[0].claim for doc in docs]
    assert together == pytest.approx(alone, abs=0.02)


def test_an_incomplete_folder_is_said_to_be_so(tmp_path):
    with pytest.raises(FileNotFoundError):
        Encoder("encoder", sure=0.01).from_disk(tmp_path)
