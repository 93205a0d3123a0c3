"""American spelling in all texts of the bundled tracks, by a list of British forms."""

from __future__ import annotations

import re
from typing import Any

import pytest

BRITISH = re.compile(
    r"""\b(?:
      \w*(?:colou|behaviou|favou|honou|labou|neighbou|rumou|humou|flavou|harbou|endeavou|vapou|savou|armou|rigou|vigou)r\w*
    | \w*(?:analys|paralys|catalys)(?:e|ed|ing|er|ers)
    | \w*centr(?:e|es|ed|ing) | (?:kilo|centi|milli)?(?:metre|litre)s? | theatres? | fib(?:re|res) | calibre | lustre
    | (?:licence|defence|offence|pretence)s? | defenceless | programmes?
    | \w*(?:label|model|cancel|travel|level|signal|channel|fuel|total|tunnel|funnel|counsel|marvel|dial|equal|initial
        |rival|panel|parcel|pencil)l(?:ed|ing|er|ers|ous)
    | (?:judge|acknowledge)ments? | artefacts? | (?:cata|ana)logu(?:e|es|ed|ing) | cheques? | gre(?:y|ys|yed)
    | sceptic\w* | ageing | whilst | amongst | learnt | dreamt | spelt | fulfils? | fulfilment | enrols? | enrolment
    | instalments? | skilful\w* | wilful\w* | manoeuvr\w* | aluminium | maths | per\ cent | cosy | moulds? | ploughs?
    | tyres? | kerbs? | orientated | focuss(?:ed|ing) | benefitt(?:ed|ing) | biass(?:ed|ing)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""British spellings, but for verbs in -ise, which need a list of the words that end so everywhere."""

ISE = re.compile(r"\b(\w+is)(?:e|es|ed|ing|er|ers|ation|ations)\b", re.IGNORECASE)
IS_EVERYWHERE = frozenset(
    """advertis advis appris arous aris bruis chais compris compromis concis cris cruis demis denois devis disguis
    enterpris excis exercis expertis franchis guis improvis incis merchandis mis nois paradis pois prais precis premis
    promis rais revis ris supervis surmis surpris televis tortois treatis turquois vis""".split()  # noqa: SIM905 - a list to read
)
"""What stands before the ending in words that have an s on both sides of the ocean; `-wise` is one by itself."""


def british(text: str) -> list[str]:
    """Return the words of a text that are spelled as in Britain."""
    found = [match.group() for match in BRITISH.finditer(text)]
    for match in ISE.finditer(text):
        stem = match[1].lower()
        if stem not in IS_EVERYWHERE and not stem.endswith("wis"):
            found.append(match.group())
    return found


@pytest.mark.parametrize(
    "text",
    ["the colour", "behavioural", "organised", "optimiser", "a summarisation", "analyse it", "the centre", "a licence",
     "programme", "labelled", "remodelling", "cancelled", "judgement", "artefacts", "catalogue", "sceptical", "whilst",
     "authorisation", "minimising", "memorise", "randomised", "penalises", "practise", "grey", "aluminium", "fibre"],
)  # fmt: skip
def test_the_word_list_finds_british_spelling(text: str) -> None:
    assert len(british(text)) == 1


@pytest.mark.parametrize(
    "text",
    ["otherwise likewise pairwise", "raise rise arise noise", "promises exercises advised", "precise expertise",
     "supervised revision", "programs programming programmed", "label labeled modeling", "license defense",
     "analyses of analysts", "crises and premises", "surprising compromise", "judgment artifact catalog dialog",
     "denoising poisoning", "televised improvisation", "skeptical skeptics", "advertiser", "the meter at the center",
     "controlled compelled excelled referred", "fulfilled", "a visitor is missing", "practice", "size prize"],
)  # fmt: skip
def test_the_word_list_lets_american_spelling_pass(text: str) -> None:
    assert british(text) == []


def test_the_spelling_is_american(prose: Any, titles: Any) -> None:
    found = [
        f"{one.address}: {words} in {one.text!r}" for one in (*prose, *titles) if (words := british(one.text))
    ]
    assert found == []
