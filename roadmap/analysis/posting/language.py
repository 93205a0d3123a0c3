"""Telling English from other languages, by the small words that every text is full of."""

from __future__ import annotations

import re
from collections import Counter


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORDS: dict[str, frozenset[str]] = {
    "English": _set(
        "the and to of in with for you our we is are as on your will that this have or an by from"
    ),
    "German": _set(
        "und der die das mit für wir sie du von zu in den dem ist ein eine einen im auf bei oder sowie"
    ),
    "French": _set(
        "et de la le les des pour vous nous dans une un du en au aux avec est sur vos notre votre"
    ),
    "Spanish": _set("y de la el los las para con en un una del que por su se al nuestro como tus tu es"),
    "Portuguese": _set("e de da do das dos para com em um uma que no na os as por você nosso sua seu ao"),
    "Italian": _set("e di il la le per con in un una del della che dei nel gli al è sono alla nostro"),
    "Dutch": _set("en de het een van voor met je wij we in op te is zijn aan onze jouw bij of als dat"),
    "Polish": _set("i w z na do oraz się jest dla o od nie że jak po przez co twoje nasz lub"),
    "Swedish": _set("och att i en som för med av på är du vi till ett vår om dig de den har"),
    "Danish": _set("og at i en som for med af på er du vi til et vores om dig de den har"),
    "Turkish": _set("ve bir bu için ile olarak da de en çok gibi olan veya ya her"),
}
_SCRIPTS = (
    ("Japanese", re.compile("[\u3040-\u30ff]")),
    ("Chinese", re.compile("[\u4e00-\u9fff]")),
    ("Korean", re.compile("[\uac00-\ud7af]")),
    ("Russian or another language in Cyrillic letters", re.compile("[\u0400-\u04ff]")),
    ("Arabic", re.compile("[\u0600-\u06ff]")),
    ("Hebrew", re.compile("[\u0590-\u05ff]")),
    ("Greek", re.compile("[\u0370-\u03ff]")),
    ("Hindi", re.compile("[\u0900-\u097f]")),
    ("Thai", re.compile("[\u0e00-\u0e7f]")),
)
_LETTERS = re.compile(r"[^\W\d_]+")

SAMPLE = 20_000
"""How many characters are looked at."""

FEW = 12
"""Texts with fewer words than this are taken for English."""


def language_of(text: str) -> str | None:
    """Return the name of the language when it is not English, None when it is or when there is too little text."""
    sample = text[:SAMPLE]
    if not sample.isascii() and (letters := sum(map(str.isalpha, sample))) > 20:
        for name, script in _SCRIPTS:
            if len(script.findall(sample)) > letters * 0.3:
                return name
    found = _LETTERS.findall(sample.lower())
    if len(found) < FEW:
        return None
    often = Counter(found)
    counts = {name: sum(often[word] for word in own) for name, own in _WORDS.items()}
    best = max(counts, key=lambda name: counts[name])
    if best != "English" and counts[best] >= 0.08 * len(found) and counts[best] > 1.5 * counts["English"]:
        return best
    return None
