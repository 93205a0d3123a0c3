"""Explanations of the codes about the shape of a file: syntax, keys, values, texts that hide something."""

from __future__ import annotations

from roadmap.lint.page import ITEM, PROJECT, STAGE, TOP, Page

PAGES = (
    Page(
        "T001",
        "error",
        "The file does not follow the grammar of TOML 1.1, so nothing in it can be read. The parser stops at the\n"
        "first such place; mend it and lint again. A merge can leave conflict markers, or the same table twice.",
        "title = Rust for Python developers",
        'title = "Rust for Python developers"',
        TOP,
    ),
    Page(
        "T002",
        "error",
        "No key of this name is known here. Keys are never ignored: a misspelled one would lose what you wrote\n"
        "without a word. `roadmap track schema` gives your editor the list.",
        'titel = "Rust for Python developers"',
        'title = "Rust for Python developers"',
        TOP,
        True,
    ),
    Page(
        "T003",
        "error",
        "Something cannot do without this key. A track needs a title and a milestone; a milestone an id and a\n"
        "title; a skill an id and what one `can` do; a resource a title and a url; a project an id, a title, a\n"
        "brief and its three proofs. A milestone or a skill written elsewhere needs a `ref` only.",
        'id = "ownership"',
        'id = "ownership"\ntitle = "Own and borrow"',
        STAGE,
    ),
    Page(
        "T004",
        "error",
        "The value is of another type than the key takes, or too long, too large, or not one of the words that\n"
        'are possible. Nothing is converted: "12" is not 12. A key beside a `ref` is told here as well, since\n'
        "what a reference leads to is changed where it is written.",
        'id = "ownership"\ntitle = "Own and borrow"\nhours = "0.5"',
        'id = "ownership"\ntitle = "Own and borrow"\nhours = 0.5',
        STAGE,
    ),
    Page(
        "T010",
        "error",
        "The file cannot be read at all: it is missing, not an ordinary file, larger than 1 MB, not allowed to be\n"
        "read, or not UTF-8 text. Editors on Windows offer the encoding when saving.",
        'title = "Rust for Python developers"    # saved as UTF-16',
        'title = "Rust for Python developers"    # saved as UTF-8',
        TOP,
    ),
    Page(
        "T011",
        "error",
        "The text holds characters that steer a terminal, turn the reading direction or cannot be seen. They come\n"
        "from copying, or from somebody who means harm. Programs show \ufffd in their place.",
        'title = "Rust for Python\\u200b developers"',
        'title = "Rust for Python developers"',
        TOP,
        True,
    ),
    Page(
        "T013",
        "error",
        "A web address starts with http:// or https://, names a host, and has neither spaces nor a user name:\n"
        "https://example.com@evil.example leads to evil.example.",
        '[[milestones.resources]]\ntitle = "The Rust book"\nurl = "doc.rust-lang.org/book"',
        '[[milestones.resources]]\ntitle = "The Rust book"\nurl = "https://doc.rust-lang.org/book/"',
        ITEM,
    ),
    Page(
        "T025",
        "error",
        "A check looks at a repository for something that can be seen without running anything. Each kind takes\n"
        "its own parameters, and some it cannot do without; paths stay inside the repository. A track with a check\n"
        "that is not understood is not loaded, since nobody could pass it. `roadmap track schema --markdown` lists\n"
        "what each value has to be, with an example.",
        'built = ["one command counts a file"]\nevaluated = ["5 logs, each against a count by hand"]\n'
        'explained = ["Why is it not faster?"]\nchecks = [{ kind = "text", proof = "built", file = "README.md" }]',
        'built = ["one command counts a file"]\nevaluated = ["5 logs, each against a count by hand"]\n'
        'explained = ["Why is it not faster?"]\n'
        'checks = [{ kind = "text", proof = "built", path = "README.md", has = "cargo run" }]',
        PROJECT,
    ),
)
"""The pages, in order."""
