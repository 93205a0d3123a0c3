"""From a pasted posting to sentences that know their part: headings, lists, HTML, lines broken or run together."""

from __future__ import annotations

from typing import Any

import pytest

from roadmap.analysis.posting.headings import heading_part
from roadmap.analysis.posting.sections import sentences
from roadmap.analysis.posting.text import plain


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


def test_the_same_posting_as_text_markdown_html_and_one_line(read: Any, posting: Any) -> None:
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


def test_lines_broken_by_a_pdf_are_read_as_one(read: Any) -> None:
    text = "Engineer\n\nResponsibilities\n• Optimize infer-\nence of models on GPUs\nand train large\nnetworks daily"
    reading = read(text)
    found = [reading.text[one.start : one.end] for one in reading.parts if one.part == "duties"]
    assert len(found) == 1
    assert "inference" in found[0]
    assert reading.top == "ml-engineer"
    assert {one.line for one in reading.evidence if one.part == "duties"} <= {4, 5, 6, 7}


def test_quotes_name_the_line_of_the_text_as_given(read: Any) -> None:
    text = "<div>\n<p>Engineer</p>\n<h2>Duties</h2>\n<ul>\n<li>Plan</li>\n<li>Build a RAG pipeline</li></ul></div>"
    assert [one.line for one in read(text).evidence if one.role == "ai-engineer"] == [6]


RUN_TOGETHER = (
    "About Harbor & Quill Founded in 1871, the company publishes the rules that small shipping companies live by. It is "
    "growing, and its customers stay. About the role We are looking for a person with a steady hand. What you’ll do - "
    "Bind the books of the season - Mend the presses before dawn - Teach the apprentices WHAT YOU’LL BRING - Ten years "
    "at a press - A calm voice. Benefits The view of the harbor, and the quiet after noon."
)


def test_headings_are_found_in_a_line_that_was_run_together(read: Any) -> None:
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


def test_a_word_that_could_be_a_heading_is_none_inside_a_sentence(posting: Any) -> None:
    line = "You will gather requirements and write down the benefits of each, " * 6
    page = plain(posting(line + "for the whole house."))
    assert {one.part for one in sentences(page.text)} == {"title", "duties"}
