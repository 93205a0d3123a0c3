"""Reading postings: what stands where, whose words count, and that every share is the sum of its quotes."""

from __future__ import annotations

import textwrap
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.analysis.posting.coverage import coverage
from roadmap.analysis.posting.headings import heading_part
from roadmap.analysis.posting.language import language_of
from roadmap.analysis.posting.phrases import Index, compile_phrase, words
from roadmap.analysis.posting.reading import Reading, read_posting, scorer_of
from roadmap.analysis.posting.scoring import NONE, Scorer
from roadmap.analysis.posting.sections import sentences
from roadmap.analysis.posting.text import plain
from roadmap.loading.beside import read_other_work
from roadmap.loading.sources import bundled
from roadmap.loading.tracks import load_tracks
from roadmap.model.progress import Entry, Progress, State
from roadmap.model.track import Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.model.catalog import Catalog

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "docs" / "examples" / "posting.txt"
CATALOG = load_tracks([bundled()])[0]
ROLES = tuple(CATALOG.tracks)
SCORER = scorer_of(CATALOG, read_other_work([bundled()]))


GERMAN = """Wir suchen eine Person, die mit uns Modelle trainiert und für die Kunden da ist. Du bist Teil von einem
Team und arbeitest bei uns in Berlin oder remote. RAG und LLM sind dir nicht fremd."""
FRENCH = """Nous cherchons une personne pour entraîner des modèles avec les équipes et pour aider nos clients dans le
monde. Vous êtes au cœur de la production et de la recherche. LLM et RAG."""
SPANISH = """Buscamos una persona para entrenar los modelos con el equipo y ayudar a los clientes en la empresa. Es una
oportunidad para crecer con nosotros y que tus ideas se hagan realidad. RAG."""
JAPANESE = (
    "機械学習エンジニアを募集しています。モデルの学習と評価を担当していただきます。RAG の経験を歓迎します。"
)


def read(text: str) -> Reading:
    return read_posting(text, ROLES, SCORER)


def shares(text: str) -> dict[str, float]:
    return dict(read(text).shares)


def posting(*duties: str, title: str = "Engineer") -> str:
    return f"{title}\n\nResponsibilities\n\n" + "\n".join(f"- {one}" for one in duties)


def blocks() -> list[tuple[str, str]]:
    """The postings written for these tests: the role each describes, then its text."""
    found = []
    for block in (HERE / "postings.txt").read_text(encoding="utf-8").split("\n@"):
        label, _, text = block.lstrip("@").partition("\n")
        found.append((label, text))
    return found


@pytest.mark.parametrize(("label", "text"), blocks(), ids=lambda one: one.split("\n")[0][:40])
def test_postings_written_for_these_tests(label: str, text: str) -> None:
    assert read(text).top == label


@settings(max_examples=60)
@given(st.text(max_size=400) | st.lists(st.sampled_from([
    "Requirements", "- Train models", "you will build agents", "RAG", "customers' environment", "\n", "**Benefits**",
    "<li>", "</ul>", "not", "prompts", "…", "\u202e", "\x1b[31m", "&lt;p&gt;", "1. ", "•",
]), max_size=40).map(" ".join))  # fmt: skip
def test_every_share_is_the_sum_of_its_quotes(text: str) -> None:
    reading = read(text)
    assert [role for role, _ in reading.shares if role == NONE] == [NONE]
    assert set(dict(reading.shares)) == {*ROLES, NONE}
    assert sum(share for _, share in reading.shares) == pytest.approx(1)
    for role, share in reading.shares:
        quoted = sum(one.weight for one in reading.evidence if one.role == role)
        assert quoted == pytest.approx(share if reading.evidence else 0.0)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in reading.evidence:
        assert 1 <= one.line <= len(lines)
        assert one.quote
        assert " ".join(reading.text[one.start : one.end].replace("**", "").split()) == one.quote
    assert "\x1b" not in reading.text
    assert "\u202e" not in reading.text


def test_the_same_text_is_read_the_same_twice() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert read(text) == read(text)


def test_the_docs_print_what_the_program_prints(roadmap: Callable[..., Any]) -> None:
    page = (EXAMPLE.parents[1] / "reading-a-posting.md").read_text(encoding="utf-8")
    shown = page.partition("    $ roadmap decode posting.txt\n")[2].partition("\nWhat to see")[0]
    assert textwrap.dedent(shown).strip() == roadmap("decode", EXAMPLE).out.strip()


def test_the_example_of_the_docs() -> None:
    reading = read(EXAMPLE.read_text(encoding="utf-8"))
    assert reading.top == "ai-engineer"
    assert reading.clear
    assert reading.title_role == "forward-deployed-engineer"
    assert reading.title_misleads
    assert not any(one.role == "ml-engineer" and one.part != "nice" for one in reading.evidence)
    assert not any("sales" in one.quote or "train models" in one.quote for one in reading.evidence)


# Where things stand


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("What you'll do", "duties"),
        ("WHAT YOU WILL DO:", "duties"),
        ("## Key Responsibilities", "duties"),
        ("**In this role, you will:**", "duties"),
        ("🚀 What You’ll Be Doing", "duties"),
        ("Your day to day", "duties"),
        ("Requirements", "requirements"),
        ("What you'll bring", "requirements"),
        ("Who you are", "requirements"),
        ("Minimum Qualifications:", "requirements"),
        ("You might be a great fit if you", "requirements"),
        ("Preferred qualifications", "nice"),
        ("Nice to have", "nice"),
        ("It's a plus if you have", "nice"),
        ("Bonus points", "nice"),
        ("About us", "company"),
        ("About Harbor & Quill", "company"),
        ("Who we are", "company"),
        ("About the role", "role"),
        ("Job Description", "role"),
        ("What we offer", "other"),
        ("Benefits", "other"),
        ("Perks & Benefits:", "other"),
        ("Equal Opportunity Employer", "other"),
        ("Interview process", "other"),
        ("Why join us?", "other"),
        ("**Platform**", ""),
        ("Essential functions:", "duties"),
        ("The Platform Engineer will:", "duties"),
        ("Example projects", "duties"),
        ("What We Require", "requirements"),
        ("Great to haves:", "nice"),
        ("What awaits you", "other"),
        ("In your first 90 days", "role"),
    ],
)
def test_headings_in_many_wordings(line: str, part: str) -> None:
    assert heading_part(line) == part


@pytest.mark.parametrize(
    "line",
    [
        "You will build services in Python and keep them running for a long time, with others.",
        "We offer.",
        "",
        "Build agents that plan, act and ask before they do something that cannot be taken back by anyone",
    ],
)
def test_sentences_are_no_headings(line: str) -> None:
    assert heading_part(line) is None


def parts(text: str) -> dict[str, str]:
    page = plain(text)
    return {page.text[one.start : one.end].strip(): one.part for one in sentences(page.text)}


def test_parts_of_a_posting() -> None:
    found = parts(
        "AI Engineer\n\nAcme sells boats.\nYou'll join the AI team.\n\nResponsibilities\n- Build search\n"
        "- 5+ years of Python\n- The base salary is $90,000\n\nRequirements\n- Python\n- Rust is a plus\n"
        "- Design services\n\nBenefits\n- Boats"
    )
    assert found == {
        "AI Engineer": "title", "Acme sells boats.": "company", "You'll join the AI team.": "role",
        "Build search": "duties", "5+ years of Python": "requirements", "The base salary is $90,000": "other",
        "Python": "requirements", "Rust is a plus": "nice", "Design services": "duties", "Boats": "other",
    }  # fmt: skip


@pytest.mark.parametrize("sign", ["-", "•", "~", "/", "▸", "✅", "🚢", "1."])
def test_signs_that_lists_are_made_of(sign: str) -> None:
    found = parts(f"Engineer\n\nResponsibilities\n{sign} Train models\n{sign} Serve models\n")
    assert found == {"Engineer": "title", "Train models": "duties", "Serve models": "duties"}


def test_a_label_says_the_part_of_its_line_and_of_no_other() -> None:
    found = parts(
        "Engineer\n\nNOTICE: 30 days\nWhat you'll do\n- Train models\n- Bonus: Rust\n- Storage: object stores\n"
        "Must: Python\nPerks: boats\n- Serve models\n"
    )
    assert found["NOTICE: 30 days"] == "other"
    assert found["Bonus: Rust"] == "nice"
    assert found["Must: Python"] == "requirements"
    assert found["Perks: boats"] == "other"
    assert [found[one] for one in ("Train models", "Storage: object stores", "Serve models")] == [
        "duties"
    ] * 3


def test_a_picture_begins_a_heading_or_a_bullet() -> None:
    found = parts(
        "Engineer\n\n🩺 About Us\n\nAcme sells boats.\n\n🛠️ Responsibilities\n\n- Train models\n- Serve models\n\n"
        "🙌 Qualifications\n\n✅ Experience with boats\n✅ Responsibilities taken seriously\n"
    )
    assert "Responsibilities" not in found
    assert found["Acme sells boats."] == "company"
    assert found["Train models"] == "duties"
    assert found["Experience with boats"] == found["Responsibilities taken seriously"] == "requirements"


@pytest.mark.parametrize(
    ("opening", "part"),
    [
        (
            "No two weeks are the same, but as one of the six engineers of this team you can expect to:",
            "duties",
        ),
        ("As a Field Engineer, you'll be the face of the company, splitting your time between:", "duties"),
        ("You will meet people who have the best boats in the world, and have the opportunity to:", "duties"),
        (
            "We don't have strict rules, but we hope that most of the following apply to you, dear reader:",
            "requirements",
        ),
        (
            "We are looking for someone who has seen a few of these things before, in one place or another:",
            "requirements",
        ),
        (
            "We are a small firm and can't pay like the big ones do, but here is what we can offer you:",
            "other",
        ),
    ],
)
def test_a_sentence_may_lead_into_a_list(opening: str, part: str) -> None:
    found = parts(
        f"Engineer\n\nAbout us\nAcme sells boats.\n\n{opening}\n\nBoats in every harbor\n\nHarbors of every sort\n"
    )
    assert {found["Boats in every harbor"], found["Harbors of every sort"]} == {part}


def test_what_follows_a_list_is_no_longer_the_list() -> None:
    story = (
        "It began in a garage. " + "Boats were built there, and boats were sold there, for many years. " * 4
    )
    found = parts(f"Engineer\n\nWhat you'll do\n- Train models\n- Serve models\n\nHow it began\n\n{story}\n")
    assert "How it began" not in found
    assert {part for sentence, part in found.items() if "oats" in sentence} == {"company"}
    under = parts("Engineer\n\nWhat you'll do\n- Train models\n\nServing\n- Serve models\n")
    assert under["Serve models"] == "duties"


@pytest.mark.parametrize(
    "line",
    [
        "16 weeks of parental leave",
        "We do not discriminate on the basis of age",
        "Medical, dental and vision insurance",
        "To apply, write to us",
    ],
)
def test_law_and_perks_say_nothing_wherever_they_stand(line: str) -> None:
    assert parts(f"Engineer\n\nResponsibilities\n- Train models\n- {line}\n")[line] == "other"


def test_a_posting_in_one_paragraph_has_work_in_it() -> None:
    found = parts(
        "Engineer\n\nAcme sells boats. You'd train the models that steer them. Improve how they brake. Stack: Rust."
    )
    assert found["You'd train the models that steer them."] == "duties"
    assert found["Improve how they brake."] == "duties"
    assert found["Acme sells boats."] == "company"
    assert found["Stack: Rust."] == "requirements"


def test_the_same_posting_as_text_markdown_html_and_one_line() -> None:
    duties = ["Build the RAG pipeline & its evals", "Watch latency, cost and hallucinations"]
    as_text = posting(*duties, title="AI Engineer")
    markdown = "# AI Engineer\n\n**Responsibilities**\n\n" + "\n".join(f"* **{one}**" for one in duties)
    page = "<h1>AI Engineer</h1><p><strong>Responsibilities</strong></p><ul>" + "".join(
        f"<li>{one.replace('&', '&amp;')}</li>" for one in duties
    )
    escaped = page.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    in_one_line = "AI Engineer\nWe are a team. Key Responsibilities: " + " ".join(
        f"• {one}" for one in duties
    )
    tops = []
    for text in (as_text, markdown, page, escaped + "</ul>", in_one_line):
        reading = read(text)
        duty = [one.part for one in reading.parts].count("duties")
        tops.append(
            (reading.top, duty, {one.quote.lower() for one in reading.evidence if one.part == "duties"})
        )
    assert all(one == tops[0] for one in tops)
    assert tops[0][:2] == ("ai-engineer", 2)


def test_lines_broken_by_a_pdf_are_read_as_one() -> None:
    text = "Engineer\n\nResponsibilities\n• Optimize infer-\nence of models on GPUs\nand train large\nnetworks daily"
    reading = read(text)
    found = [reading.text[one.start : one.end] for one in reading.parts if one.part == "duties"]
    assert len(found) == 1
    assert "inference" in found[0]
    assert reading.top == "ml-engineer"
    assert {one.line for one in reading.evidence if one.part == "duties"} <= {4, 5, 6, 7}


def test_quotes_name_the_line_of_the_text_as_given() -> None:
    text = "<div>\n<p>Engineer</p>\n<h2>Duties</h2>\n<ul>\n<li>Plan</li>\n<li>Build a RAG pipeline</li></ul></div>"
    assert [one.line for one in read(text).evidence if one.role == "ai-engineer"] == [6]


RUN_TOGETHER = (
    "About Harbor & Quill Founded in 1871, the company publishes the rules that small shipping companies live by. It is "
    "growing, and its customers stay. About the role We are looking for a person with a steady hand. What you’ll do - "
    "Bind the books of the season - Mend the presses before dawn - Teach the apprentices WHAT YOU’LL BRING - Ten years "
    "at a press - A calm voice. Benefits The view of the harbor, and the quiet after noon."
)


def test_headings_are_found_in_a_line_that_was_run_together() -> None:
    text = f"Binder\n\n{RUN_TOGETHER}"
    page = plain(text)
    parts: dict[str, list[str]] = {}
    for one in sentences(page.text):
        parts.setdefault(one.part, []).append(page.text[one.start : one.end].strip())
    assert parts["duties"] == [
        "Bind the books of the season",
        "Mend the presses before dawn",
        "Teach the apprentices",
    ]
    assert parts["role"] == ["We are looking for a person with a steady hand."]
    assert parts["requirements"] == ["Ten years at a press", "A calm voice."]
    assert parts["other"] == ["The view of the harbor, and the quiet after noon."]
    assert len(parts["company"]) == 2
    assert [
        one.line
        for one in read(text.replace("Bind the books", "Train models")).evidence
        if one.role == "ml-engineer"
    ]


def test_a_word_that_could_be_a_heading_is_none_inside_a_sentence() -> None:
    line = "You will gather requirements and write down the benefits of each, " * 6
    page = plain(posting(line + "for the whole house."))
    assert {one.part for one in sentences(page.text)} == {"title", "duties"}


# Whose words count


def test_duties_outweigh_requirements_and_these_the_rest() -> None:
    line = "Models that are fine-tuned and retrained on GPUs"
    weights = []
    for heading in ("Responsibilities", "Requirements", "About us", "Benefits"):
        page = plain(f"Engineer\n\n{heading}\n- {line}")
        weights.append(sum(one.weight for one in SCORER.votes(page.text, sentences(page.text))))
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 2 * weights[1] > 2 * weights[2] > 0 == weights[3]


@pytest.mark.parametrize(
    "line",
    [
        "You will not train models",
        "This is not about training models",
        "You won't fine-tune models",
        "Use models rather than train models",
        "We never train models",
    ],
)
def test_what_is_denied_is_no_evidence(line: str) -> None:
    assert shares(posting(line))["ml-engineer"] == 0
    assert shares(posting("You will train models"))["ml-engineer"] > 0
    assert shares(posting("You will not only train models but serve them"))["ml-engineer"] > 0


def test_whom_agent_means() -> None:
    for people in ("insurance agents", "real estate agents", "call center agents"):
        assert shares(posting(f"Build tools for {people} to close cases"))["agentic-ai-engineer"] == 0
    assert shares(posting("Build agents that close cases by themselves"))["agentic-ai-engineer"] > 0.5


def test_whom_customer_means() -> None:
    for line in (
        "Build customer-facing product features in Go",
        "Improve the checkout for millions of customers",
    ):
        assert shares(posting(line))["forward-deployed-engineer"] == 0, line
    for line in (
        "Embed with customers and ship inside their environment",
        "Run discovery workshops with client teams",
    ):
        assert shares(posting(line))["forward-deployed-engineer"] > 0.5, line


def weighed(line: str, **signals: tuple[Signal, ...]) -> dict[str, float]:
    """What the votes of a duty come to, role by role, for signals made up here."""
    page = plain(posting(line))
    sums: dict[str, float] = {}
    for vote in Scorer(signals).votes(page.text, sentences(page.text)):
        sums[vote.role] = sums.get(vote.role, 0.0) + vote.weight
    return sums


def test_the_same_words_are_said_once_for_a_role() -> None:
    strong, short = Signal("bakes", 2.0, ("knead* dough",)), Signal("speaks of dough", 0.5, ("dough",))
    line = "You will knead dough before dawn"
    alone = weighed(line, baker=(strong,))
    assert weighed(line, baker=(strong, short)) == alone
    assert weighed(line, baker=(short, strong)) == alone
    both = weighed("You will knead dough, and weigh dough for others", baker=(strong, short))
    assert both == alone, "the first of a weak signal's places is inside the strong one"
    apart = weighed("You will knead dough and fetch yeast", baker=(strong, Signal("yeast", 0.5, ("yeast",))))
    assert apart["baker"] > alone["baker"]


def test_a_weak_word_of_another_role_adds_nothing_to_what_a_strong_one_says() -> None:
    strong = Signal("bakes", 2.0, ("dough",))
    weak, firm = Signal("speaks of dough", 0.5, ("dough",)), Signal("cooks", 1.0, ("dough",))
    line = "You will look at dough"
    assert "cook" not in weighed(line, baker=(strong,), cook=(weak,))
    assert weighed(line, baker=(strong,), cook=(firm,))["cook"] > 0, "two claims stand side by side"
    assert weighed(line, cook=(weak,))["cook"] > 0


def test_other_work_counts_in_full_beside_a_word_and_less_beside_a_claim() -> None:
    other = Signal("sweeps", 2.0, ("sweep* the floor",))
    line = "You will sweep the floor and mind the oven"
    alone = weighed(line, none=(other,))[NONE]
    assert weighed(line, none=(other,), baker=(Signal("ovens", 0.5, ("oven",)),))[NONE] == alone
    assert weighed(line, none=(other,), baker=(Signal("ovens", 1.0, ("oven",)),))[NONE] < alone


def test_with_whom_one_works_is_not_what_one_does() -> None:
    alone = shares(posting("Collaborate with machine learning engineers and data science teams"))
    assert alone["ml-engineer"] == 0
    both = shares(posting("Collaborate with product teams to train ranking models"))
    assert both["ml-engineer"] > 0.5


def test_work_for_customers_is_customer_work_whatever_it_is_about() -> None:
    duties = [
        "Scope agent projects in workshops with client stakeholders",
        "Deploy agents in the client's environment",
        "Build multi-agent workflows",
        "Hand over to client teams",
    ]
    assert read(posting(*duties)).top == "forward-deployed-engineer"
    assert read(posting(duties[2])).top == "agentic-ai-engineer"


def test_praise_of_the_company_does_not_decide() -> None:
    about = "Our AI agents and multi-agent platform automate everything with LLMs and RAG."
    duties = [
        "Design the billing service in Go",
        "Operate Postgres databases and Kafka",
        "Lead incident response",
    ]
    text = posting(*duties, title="Backend Engineer").replace("\n\n", f"\n\nAbout us\n{about}\n\n", 1)
    assert read(text).top == NONE


def test_a_sentence_said_twice_counts_once() -> None:
    once = posting("Train models", "Operate Kubernetes clusters")
    assert read(once).shares == read(once + "\n- Train models\n- Train models").shares


# What cannot be read


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "\x00\x00"])
def test_an_empty_posting(text: str) -> None:
    reading = read(text)
    assert reading.top == NONE
    assert not reading.clear
    assert reading.evidence == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("German", GERMAN),
        ("French", FRENCH),
        ("Spanish", SPANISH),
        ("Japanese", JAPANESE),
    ],
)
def test_other_languages_are_named_and_not_guessed(language: str, text: str) -> None:
    reading = read(text)
    assert reading.language == language
    assert (reading.top, reading.clear, reading.evidence) == (NONE, False, ())
    assert coverage(CATALOG, Progress(), reading) == ()


def test_english_with_foreign_names_stays_english() -> None:
    assert (
        language_of(EXAMPLE.read_text(encoding="utf-8") + " Zürich, São Paulo, Île-de-France, der Die das")
        is None
    )


def test_a_megabyte_is_read() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    body = "\n".join(f"- Build retrieval number {n} and train model {n}" for n in range(20_000))
    long = f"{text}\n\nResponsibilities\n{body}"
    assert len(long) > 900_000
    assert sum(share for _, share in read(long).shares) == pytest.approx(1)


@pytest.mark.parametrize(
    "unit", ["<", "(", "- ", "* ", "**", "a ", "A. ", "\n", "&lt;p", "build ", "•", "-\n", "not "]
)
def test_repeated_signs_take_no_long_time(unit: str) -> None:
    assert read(unit * (100_000 // len(unit))).top in {*ROLES, NONE}


# Phrases


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("vector database", "two Vector Databases", True),
        ("vector database", "vector-database", True),
        ("vector database", "vector of a database", False),
        ("train* ... model*", "training, on weekends, very large modeling", True),
        ("train* ... model*", "train one two three four five six seven eight models", False),
        ("build|design agents", "we design agents", True),
        ("build|design agents", "we sell agents", False),
        ("rag", "fragments of rags", True),
        ("rag", "fragment", False),
        ("customer's team", "the customer’s team", True),
        ("c++", "C++ and C", True),
        ("customer's|customers' team", "the customers' team", True),
        ("plan|plans ... act*", "it plans what to do and acts", True),
        ("plan ... steps and", "plan in steps", False),
        ("model* card|sheet", "modeling cards", True),
    ],
)
def test_phrases(phrase: str, text: str, found: bool) -> None:
    assert bool(list(Index([(0, phrase)]).find(words(text)))) is found


def test_words_keep_their_places() -> None:
    text = "Ünïcode İstanbul’s RAG"
    assert [text[one.start : one.end] for one in words(text)] == ["Ünïcode", "İstanbul’s", "RAG"]


def test_signals_of_the_tracks_are_written_as_they_are_meant(bundle: Catalog) -> None:
    """No alternative with a space in it: ``a|b c|d`` is two words, and hardly ever meant so next to each other."""
    other = tomllib.loads((bundled() / "decoder" / "none.toml").read_text(encoding="utf-8"))
    phrases = [one for track in bundle.tracks.values() for signal in track.signals for one in signal.phrases]
    phrases += [one for signal in other["signals"] for one in signal["phrases"]]
    assert len(phrases) > 800
    for phrase in phrases:
        elements = compile_phrase(phrase)
        assert elements, phrase
        assert not any(choice == "" for element in elements for choice in element.prefixes), phrase
        assert not elements[0].room, phrase
    for track in bundle.tracks.values():
        assert track.signals, track.id
        assert any(signal.parts == ("title",) for signal in track.signals), track.id


def test_a_new_track_joins_by_its_signals(sound: Callable[..., Catalog]) -> None:
    catalog = sound(
        gardener="""
title = "Gardener"
[[signals]]
means = "tends plants"
weight = 3
phrases = ["water* ... plants"]
[[milestones]]
id = "begin"
title = "Begin"
[[milestones.skills]]
id = "see"
can = "see it"
"""
    )
    reading = read_posting(
        posting("Water all the plants"), ("gardener",), scorer_of(catalog, read_other_work([]))
    )
    assert reading.top == "gardener"
    assert [one.means for one in reading.evidence] == ["tends plants"]


def test_longer_phrases_of_another_role_win() -> None:
    scorer = Scorer(
        {
            "a": [Signal("evaluates", 3, ("evaluation",))],
            "b": [Signal("evaluates agents", 3, ("agent evaluation",))],
        }
    )
    reading = read_posting(posting("Own agent evaluation"), ("a", "b"), scorer)
    assert dict(reading.shares) == {"b": 1.0, "a": 0.0, NONE: 0.0}


# What it asks for


def test_coverage_names_milestones_with_their_quotes_and_states() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    fresh = {one.address: one for one in coverage(CATALOG, Progress(), read(text))}
    rag = fresh["ai-engineer/grounded-rag"]
    assert (rag.quote, rag.line, rag.state, rag.gap) == ("RAG", 15, "todo", True)
    done = Progress(entries={"ai-engineer/grounded-rag": Entry(state=State.DONE)})
    later = {one.address: one for one in coverage(CATALOG, done, read(text))}
    assert later["ai-engineer/grounded-rag"].state == "done"
    assert not later["ai-engineer/grounded-rag"].gap
    assert "agentic-ai-engineer/agent-loop" not in fresh


def covered_by(line: str) -> dict[str, str]:
    reading = read(posting(line))
    return {one.address.rpartition("/")[2]: one.quote for one in coverage(CATALOG, Progress(), reading)}


def test_skills_are_found_by_the_words_of_their_ids_in_any_order_and_form() -> None:
    assert covered_by("Improve query rewriting")["query-rewriting"] == "query rewriting"
    assert covered_by("Rewrite hard queries")["query-rewriting"] == "Rewrite hard queries"
    assert "query-rewriting" not in covered_by("Answer queries")
    apart = "Rewrite the old billing service in Go, then help others with a slow query"
    assert "query-rewriting" not in covered_by(apart)


def test_broad_keywords_stand_beside_the_signals() -> None:
    other = read_other_work([bundled()])
    assert "reliability" in other.broad
    assert read("Engineer").broad == frozenset(other.broad)
    alone = read(posting("Improve reliability"))
    assert coverage(CATALOG, Progress(), alone._replace(broad=frozenset())) != ()


def test_a_broad_word_alone_asks_for_nothing_and_praise_asks_for_nothing() -> None:
    assert coverage(CATALOG, Progress(), read(posting("Improve reliability"))) == ()
    assert coverage(CATALOG, Progress(), read("Engineer\n\nAbout us\nOur RAG is grand.")) == ()
