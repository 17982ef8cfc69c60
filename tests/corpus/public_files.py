"""Small files in the forms of the public data sets, with sentences of our own."""

from __future__ import annotations

import json

LI2021 = """label,pmid,sentence,design
0,1,The hall was full of chairs.,Cross-Sectional
1,2,Ginger may reduce nausea.,RCT
2,3,"Garlic cures cancer, and everyone should eat it.",RCT
"""
EUREKA = """sentId,sentence,label
a-0-title,The lecture begins at noon,0
a-1-sentence,"Coffee is associated with a lower risk of diabetes.",1
a-2-sentence,Ginger may reduce nausea.,2
a-3-sentence,Ginger reduces nausea.,3
"""
NEGEX = (
    "1\t \tcough\tShe has no COUGH today.\tNegated\tRecent\tPatient\n"
    '2\t \tsore   knee\tThe "SORE KNEE is worse.\tAffirmed\tRecent\tPatient\n'
    "3\tssm\tred eye\tA sentence without it.\tNegated\tRecent\tPatient\n"
)
BIOSCOPE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE Annotation PUBLIC "-//X//Y//EN" "BioScope.dtd">
<Annotation><DocumentSet><Document type="Biological_full_article"><DocID type="PMID">1</DocID>
<DocumentPart type="Text">
<sentence id="S1">The cells <xcope id="X1"><cue type="speculation" ref="X1">may</cue> divide
 at night</xcope>.</sentence>
<sentence id="S2">We saw <xcope id="X2"><cue type="negation" ref="X2">no</cue> change</xcope>.</sentence>
<sentence id="S3">The plates were blue &amp; round.</sentence>
</DocumentPart></Document></DocumentSet></Annotation>
"""
TOPICS_2020 = """<topics><topic><number>1</number><title>Garlic cancer</title>
<description>Can garlic cure cancer?</description><answer>no</answer></topic></topics>
"""
TOPICS_2021 = """<topics>
<topic><number>2</number><query>ginger nausea</query>
<description>Does ginger relieve nausea?</description><stance>helpful</stance></topic>
<topic><number>3</number><query>singing hiccups</query>
<description>Will polka singing turn hair blue?</description><stance>unhelpful</stance></topic>
</topics>
"""
INSCIOUT = [
    ("Ginger reduces nausea.", "Ginger may reduce nausea.", "exaggerates"),
    ("Ginger may reduce nausea.", "Ginger reduces nausea.", "downplays"),
    ("The lecture begins at noon.", "The lecture began late.", "same"),
]
CLAUSES = [
    ("It relieves my <CONDITION>.", "POSITIVE"),
    ("It did not relieve my <CONDITION>.", "NEGATIVE"),
    ("The box is yellow.", "NEUTRAL"),
    ("I am a nurse with <CONDITION>.", "ANAMNESIS"),
]


def write(folder):
    """One folder for each data set, under the names the sets are published with; returns ``folder``."""
    texts = {
        "li2021/annotations_structured_abstract.csv": LI2021,
        "eurekalert/annotated_eureka.csv": EUREKA,
        "negex/rsAnnotations-1-120-random.txt": NEGEX,
        "bioscope/full_papers.xml": BIOSCOPE,
        "trec_misinfo/misinfo-2020-topics.xml": TOPICS_2020,
        "trec_misinfo/misinfo-2021-topics.xml": TOPICS_2021,
        "insciout/insciout_test.jsonl": "".join(
            json.dumps(
                {
                    "original_file_id": "1",
                    "press_release_conclusion": press,
                    "press_release_strength": 1,
                    "abstract_conclusion": abstract,
                    "abstract_strength": 1,
                    "exaggeration_label": label,
                }
            )
            + "\n"
            for press, abstract, label in INSCIOUT
        ),
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    _write_clauses(folder / "healthsea")
    return folder


def _write_clauses(folder):
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("en")
    docs = []
    for text, label in CLAUSES:
        doc = nlp(text)
        doc.cats = {name: float(name == label) for _, name in CLAUSES}
        docs.append(doc)
    folder.mkdir(parents=True, exist_ok=True)
    DocBin(docs=docs).to_disk(folder / "clausecat_dev.spacy")
