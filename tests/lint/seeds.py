"""One sound track, and what can go wrong with it. « and » mark the place that the fault must point at."""

from __future__ import annotations

SOUND = '''#:schema ./track.schema.json
# A comment that stays.
title = "Rust for Python developers"
tagline = "Programs that do not crash at night."
extends = "ai-engineer"
builds = "with-the-model"
reviewed = 2026-11-22
not_this = { role = "data-engineer", because = "that one moves tables, this one writes programs" }
profile.software-engineering = 5
profile."evaluation" = 2

[[milestones]]
id = "ownership"
title = "Own and borrow"
why = """
Every value has one owner.
The compiler holds you to it, and that is the whole trick."""
hours = 8
after = ["ai-engineer/first-evals"]
keywords = ["borrow checker", "lifetimes"]

[[milestones.skills]]
id = "read-errors"
can = "read a borrow error, and point to the line that still holds the value"
ask = [
  { q = "What ends a borrow?", a = "Its last use." },  # 借用 ends
  { q = "漢字: 誰が持つか?", a = "The owner." },
]

[[milestones.skills]]
id = "scopes"
can = "say where a value is dropped"
optional = true
former = ["drops"]

[[milestones.skills]]
ref = "ai-engineer/first-evals/error-bars"

[[milestones.resources]]
title = "The Rust book"
url = "https://doc.rust-lang.org/book/"
kind = "book"
cost = "free"
hours = 2

[[milestones.projects]]
id = "log-counter"
title = "Count a log file"
hours = 5
brief = "A log of 2 GB has to be counted by status in less than a minute, on a laptop."
built = ["one command counts a file"]
evaluated = ["5 logs, each against a count by hand", "target: no difference"]
explained = ["Which part takes the time, and how do you know?"]
checks = [
\t{ kind = "text", proof = "built", path = "README.md", has = "cargo run" },
\t{ kind = "rows", proof = "evaluated", path = "evals/*.json", min = 5, fields = { n = "integer" } },
]

[[milestones]]
id = "errors"
title = "Say what went wrong"
after = ["ownership", ["ai-engineer/retrieval", "ai-engineer/tools-and-mcp"]]

[[milestones.skills]]
id = "question-mark"
can = "return an error to the caller, and show the message a person sees"

[[milestones]]
id = "rust-capstone"
title = "A tool others use"
capstone = true
hours = 60
after = ["errors"]

[[milestones.skills]]
id = "ship-it"
can = "ship a tool, and show three people who use it"

[[signals]]
means = "asks for Rust by name"
weight = 2
phrases = ["rust", "systems ... rust"]
'''

LONG_ANSWER = "word " * 25 + "word"
LONG_BRIEF = "word " * 90 + "7."
DEEP = "[" * 40 + "1" + "]" * 40

SEEDS: list[tuple[str, str, str]] = [
    # syntax
    ("T001", 'title = "Rust for Python developers"', "title = «Rust for Python developers»"),
    ("T001", 'title = "Rust for Python developers"', 'title = «"Rust for Python developers»'),
    ("T001", 'title = "Rust for Python developers"', "title = «“Rust for Python developers”»"),
    ("T001", 'kind = "book"', 'kind «"»book"'),
    ("T001", 'kind = "book"', 'kind«:» "book"'),
    ("T001", "optional = true", "optional = «True»"),
    ("T001", 'cost = "free"', 'cost = "free"\n«cost» = "paid"'),
    ("T001", "hours = 2", "hours = 2\n«hours» = 3"),
    ("T001", "[[signals]]", "[extra]\na = 1\n«[extra]»\n[[signals]]"),
    ("T001", 'means = "asks', '«<<<<<<<» HEAD\nmeans = "asks'),
    ("T001", "min = 5", "min = 5, «min» = 6"),
    ("T001", 'phrases = ["rust", "systems ... rust"]', f"phrases = {DEEP[:32]}«[»{DEEP[33:]}"),
    ("T001", 'id = "scopes"', 'id = "sco«\\»qpes"'),
    ("T001", 'id = "scopes"', 'id = "sco«\x07»pes"'),
    ("T001", "weight = 2", f"weight = «{'9' * 5000}»"),
    # unknown keys, in every kind of table
    ("T002", 'tagline = "', '«taglin» = "'),
    ("T002", "profile.software-engineering = 5", "«profil».software-engineering = 5"),
    ("T002", 'not_this = { role = "data-engineer", because', 'not_this = { «rolle» = 1, role = "x", because'),
    ("T002", 'keywords = ["borrow', '«keyword» = ["borrow'),
    ("T002", "optional = true", "«optionel» = true"),
    ("T002", 'a = "The owner." }', 'a = "The owner.", «answer» = "" }'),
    ("T002", 'kind = "book"', '«typ» = "book"'),
    ("T002", "[[signals]]", "[[«signal»]]"),
    ("T002", "[[signals]]", '[«milestone».x]\ny = "z"\n[[signals]]'),
    ("T002", 'means = "asks', '«"tab\\tkey"» = 1\nmeans = "asks'),
    # missing keys
    (
        "T003",
        '#:schema ./track.schema.json\n# A comment that stays.\ntitle = "Rust for Python developers"',
        "«#»:schema ./track.schema.json",
    ),
    ("T003", '[[milestones.skills]]\nid = "scopes"', "«[[milestones.skills]]»"),
    ("T003", '{ q = "What ends a borrow?", a = "Its last use." }', '«{ q = "What ends a borrow?" }»'),
    (
        "T003",
        '[[milestones]]\nid = "rust-capstone"\ntitle = "A tool others use"',
        '«[[milestones]]»\nid = "rust-capstone"',
    ),
    # types and limits
    ("T004", "hours = 8", 'hours = «"8"»'),
    ("T004", "hours = 8", "hours = «-8»"),
    ("T004", "hours = 8", "hours = «inf»"),
    ("T004", "optional = true", "optional = «1»"),
    ("T004", "reviewed = 2026-11-22", 'reviewed = «"2026-11-22"»'),
    ("T004", "profile.software-engineering = 5", "profile.software-engineering = «6»"),
    ("T004", '"lifetimes"]', "«7»]"),
    ("T004", 'kind = "book"', 'kind = «"novel"»'),
    ("T004", 'cost = "free"', 'cost = «"cheap"»'),
    ("T004", '["ai-engineer/retrieval", "ai-engineer/tools-and-mcp"]', "«{ any = 1 }»"),
    ("T004", '"ai-engineer/tools-and-mcp"', "«1»"),
    ("T004", 'built = ["one command counts a file"]', "built = «[]»"),
    ("T004", "hours = 5", "hours = 5\nlevel = «'hard'»"),
    ("T004", "hours = 60", "hours = 60\nneeds = «2»"),
    ("T004", 'because = "that one moves tables, this one writes programs"', 'because = «""»'),
    ("T004", 'phrases = ["rust", ', 'phrases = [«"Rust!"», '),
    (
        "T004",
        'ref = "ai-engineer/first-evals/error-bars"',
        'ref = "ai-engineer/first-evals/error-bars"\n«can» = "do more"',
    ),
    # ids
    ("T005", 'id = "read-errors"', 'id = «"Read Errors"»'),
    ("T005", 'id = "log-counter"', "id = «'log_counter'»"),
    ("T005", 'id = "rust-capstone"', 'id = «"rust--capstone"»'),
    ("T006", 'id = "scopes"', 'id = «"read-errors"»'),
    ("T006", 'id = "log-counter"', 'id = «"scopes"»'),
    ("T006", 'id = "rust-capstone"', 'id = «"errors"»'),
    ("T006", 'former = ["drops"]', 'former = ["drops", «"read-errors"»]'),
    (
        "T006",
        'ref = "ai-engineer/first-evals/error-bars"',
        (
            'ref = "ai-engineer/first-evals/error-bars"\n\n[[milestones.skills]]\n'
            'ref = «"ai-engineer/first-evals/error-bars"»'
        ),
    ),
    # references
    ("T007", 'extends = "ai-engineer"', 'extends = «"ai-enginer"»'),
    ("T007", 'after = ["errors"]', 'after = [«"error"»]'),
    ("T007", '["ai-engineer/retrieval", "ai', '["ai-engineer/retrieval", «"ai-engineer/retrievel"», "ai'),
    ("T007", 'after = ["errors"]', 'after = ["errors", «"retrieval"»]'),
    ("T007", 'ref = "ai-engineer/first-evals/error-bars"', 'ref = «"ai-engineer/first-evals/error-bar"»'),
    ("T007", 'ref = "ai-engineer/first-evals/error-bars"', 'ref = «"error-bars"»'),
    ("T008", 'after = ["ai-engineer/first-evals"]', 'after = ["ai-engineer/first-evals", «"rust-capstone"»]'),
    ("T008", 'after = ["errors"]', 'after = ["errors", «"rust-capstone"»]'),
    ("T009", 'extends = "ai-engineer"', 'extends = «"rust"»'),
    ("T012", 'ref = "ai-engineer/first-evals/error-bars"', 'ref = «"ai-engineer/first-evals"»'),
    ("T012", 'after = ["errors"]', 'after = ["errors", «"rust/ownership/scopes"»]'),
    ("T012", 'after = ["errors"]', 'after = ["errors", «"rust/ownership/log-counter"»]'),
    ("T014", 'after = ["errors"]', 'after = ["errors", «"ai-engineer//retrieval"»]'),
    ("T014", 'ref = "ai-engineer/first-evals/error-bars"', 'ref = «"AI Engineer/first-evals/error-bars"»'),
    (
        "T015",
        'id = "question-mark"',
        (
            'id = "scopes"\ncan = "find it"\n[[milestones.skills]]\n'
            'ref = «"scopes"»\n[[milestones.skills]]\nid = "question-mark"'
        ),
    ),
    # what hides
    ("T011", 'title = "Own and borrow"', 'title = "Own«\\u202e» and borrow"'),
    ("T011", "holds you to it", "holds «\u200b»you to it"),
    # web addresses
    ("T013", '"https://doc.rust-lang.org/book/"', '«"doc.rust-lang.org/book"»'),
    ("T013", '"https://doc.rust-lang.org/book/"', '«"https://doc.rust-lang.org@evil.example/"»'),
    ("T013", '"https://doc.rust-lang.org/book/"', '«"https:///book"»'),
    ("T013", '"https://doc.rust-lang.org/book/"', '«"https://doc.rust-lang.org/book,"»'),
    # repeats
    ("T016", '"漢字: 誰が持つか?"', '«"what ends a borrow"»'),
    (
        "T017",
        'kind = "book"',
        'kind = "book"\n[[milestones.resources]]\ntitle = «"Same"»\nurl = "http://doc.rust-lang.org/book"',
    ),
    ("T018", "target: no difference", "«The compiler holds you to it, and that is the whole trick»"),
    # sections
    ("T019", 'after = ["errors"]', 'after = ["errors", [«"ml-engineer/frame-and-baseline"»]]'),
    ("T019", 'after = ["errors"]', 'after = ["errors", «"ai-engineer/ai-capstone"»]'),
    ("T020", 'keywords = ["borrow checker", "lifetimes"]', "keywords = «[]»"),
    ("T020", 'tagline = "Programs that do not crash at night."', 'tagline = «""»'),
    ("T020", "[[signals]]", '«[[milestones]]»\nid = "void"\ntitle = "Nothing"\n[[signals]]'),
    ("T021", "hours = 8", "hours = «12»"),
    ("T021", "hours = 8", "hours = «1.5»"),
    # proofs and lengths
    ("T022", '"Which part takes the time, and how do you know?"', '«"The README explains it."»'),
    (
        "T023",
        '["5 logs, each against a count by hand", "target: no difference"]',
        '«["it is fast", "it is right"]»',
    ),
    ("T024", 'title = "Own and borrow"', f'title = «"{"借" * 31}"»'),
    ("T024", 'can = "say where a value is dropped"', f'can = «"say {"x" * 157}"»'),
    ("T024", 'a = "The owner."', f'a = «"{LONG_ANSWER}"»'),
    (
        "T024",
        '"A log of 2 GB has to be counted by status in less than a minute, on a laptop."',
        f'«"{LONG_BRIEF}"»',
    ),
    # checks
    ("T025", 'kind = "text"', 'kind = «"txt"»'),
    ("T025", ', has = "cargo run"', ', has = "cargo run", «hass» = 1'),
    (
        "T025",
        '{ kind = "text", proof = "built", path = "README.md", has = "cargo run" }',
        '«{ kind = "text", proof = "built", path = "README.md" }»',
    ),
    ("T025", "min = 5", 'min = «"5"»'),
    ("T025", "min = 5", "min = «5», max = 4"),
    ("T025", 'path = "README.md"', 'path = «"../README.md"»'),
    ("T025", '{ n = "integer" }', '«"n"»'),
    ("T025", '{ n = "integer" }', '«["n"]»'),
    ("T025", '{ n = "integer" }', '{ n = «"float"» }'),
    ("T025", '{ n = "integer" }', "{ n = «3» }"),
    ("T025", '{ n = "integer" }', '{ n = "integer" }, where = «"a"»'),
    ("T025", '{ n = "integer" }', '{ n = "integer" }, where = { a = [1, «""»] }'),
    ("T025", '{ n = "integer" }', '{ n = "integer" }, unique = «true»'),
    ("T025", '{ n = "integer" }', '{ n = "integer" }, one_of = { a = «"b"» }'),
    ("T025", "min = 5", "min = «-1»"),
    ("T025", "min = 5", "max = «0»"),
    ("T025", 'has = "cargo run"', 'has = «"*"»'),
    *(
        ("T025", '{ kind = "text", proof = "built", path = "README.md", has = "cargo run" }', check)
        for check in (
            '{ kind = "recompute", proof = "built", path = "a.csv", into = "m", stat = «"foo"» }',
            '{ kind = "baseline", proof = "built", path = "a.csv", metric = «3» }',
            '{ kind = "bound", proof = "built", path = "a.csv", min = 1, of = «"blah("» }',
            '{ kind = "links", proof = "built", from = "a.md", to = «"y"» }',
            '{ kind = "links", proof = "built", from = "a.md", to = ["paths", «"path"»] }',
            '«{ kind = "order", proof = "built", first = "evals/plan.md" }»',
            '{ kind = "order", proof = "built", first = "a", then = "b", field = «"c.csv#d"» }',
            '{ kind = "clean", proof = "built", secrets = «"yes"» }',
        )
    ),
    # white space
    (
        "T026",
        'tagline = "Programs that do not crash at night."',
        'tagline = «" Programs that do not crash."»',
    ),
    ("T026", '"lifetimes"]', "«'lifetimes '»]"),
]
"""The code, what is replaced in the sound track, and by what."""
