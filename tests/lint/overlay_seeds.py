"""One sound overlay, and what can go wrong with it. « and » mark the place that the fault must point at."""

from __future__ import annotations

SOUND = '''#:schema ./overlay.schema.json
# What we change at work.
hide = ["retrieval/hnsw", "ai-capstone"]

[[notes]]
at = "model-api-foundations"
text = """
Ask Mina for a key.
借用 ends on Friday."""

[[move]]
what = "retrieval"
before = "tools-and-mcp"

[[move]]
what = "first-evals/error-bars"
after = "first-evals/cheapest-check"

[[milestones]]
id = "our-gateway"
title = "Our own gateway"
place_after = "first-evals"
after = ["first-evals", ["retrieval", "ml-engineer/honest-evaluation"]]

[[milestones.skills]]
id = "send-a-call"
can = "send a call through the gateway, and show its line in the log"
ask = [{ q = "Who owns the gateway at night?", a = "The platform team." }]

[[milestones]]
id = "after-that"
title = "What comes after it"
after = ["our-gateway"]

[[milestones.skills]]
ref = "agentic-ai-engineer/workflow-or-agent/fallback-share"

[[add]]
to = "retrieval"

[[add.resources]]
title = "How our index is built"
url = "https://example.org/wiki/index"
hours = 1

[[add.projects]]
id = "search-our-wiki"
title = "Search our wiki"
hours = 5
brief = "A colleague asks the same question twice a week, and the answer stands in the wiki."
built = ["one command answers from the wiki"]
evaluated = ["20 questions of colleagues, against what they found by hand"]
explained = ["Which part of the wiki did you leave out, and why?"]
'''

SEEDS: list[tuple[str, str, str]] = [
    # syntax, keys, types: by the same machinery as in tracks
    ("T001", 'what = "retrieval"', "what = «retrieval»"),
    ("T002", "hide = [", "«hidden» = ["),
    ("T002", 'text = """', '«texts» = "x"\ntext = """'),
    ("T002", 'place_after = "first-evals"', '«placed_after» = "first-evals"'),
    ("T002", "[[add.projects]]", "[[add.«project»]]\n[[add.projects]]"),
    ("T003", '[[notes]]\nat = "model-api-foundations"', "«[[notes]]»"),
    ("T003", '[[move]]\nwhat = "retrieval"\nbefore = "tools-and-mcp"', '«[[move]]»\nwhat = "retrieval"'),
    ("T003", '[[add]]\nto = "retrieval"\n', '«[[add]]»\nto = "retrieval"\n\n[[add]]\nto = "retrieval"\n'),
    ("T003", '[[milestones]]\nid = "after-that"\n', "«[[milestones]]»\n"),
    ("T004", 'hide = ["retrieval/hnsw", "ai-capstone"]', 'hide = «"ai-capstone"»'),
    ("T004", 'before = "tools-and-mcp"', "before = «3»"),
    ("T004", 'title = "Our own gateway"', 'title = "Our own gateway"\nneeds = «1»'),
    ("T004", '[[move]]\nwhat = "retrieval"', '«[[move]]»\nafter = "first-evals"\nwhat = "retrieval"'),
    ("T005", 'id = "our-gateway"', 'id = «"our_gateway"»'),
    ("T006", 'id = "after-that"', 'id = «"our-gateway"»'),
    ("T008", 'after = ["our-gateway"]', 'after = [«"after-that"»]'),
    ("T011", "Ask Mina for", "Ask «\u200b»Mina for"),
    ("T012", 'after = ["our-gateway"]', 'after = ["our-gateway", «"ai-engineer/first-evals/error-bars"»]'),
    ("T013", '"https://example.org/wiki/index"', '«"example.org/wiki"»'),
    ("T014", '"ai-capstone"]', '«"AI Capstone"»]'),
    ("T020", 'hide = ["retrieval/hnsw", "ai-capstone"]', "hide = «[]»"),
    ("T022", '"Which part of the wiki did you leave out, and why?"', '«"The wiki explains it."»'),
    # what is particular to overlays
    ("T027", '"retrieval/hnsw"', '«"retrieval/hnws"»'),
    ("T027", 'at = "model-api-foundations"', 'at = «"model-apis"»'),
    ("T027", 'place_after = "first-evals"', 'place_after = «"evals"»'),
    ("T027", '"ml-engineer/honest-evaluation"', '«"ml-engineer/evaluation"»'),
    (
        "T027",
        'ref = "agentic-ai-engineer/workflow-or-agent/fallback-share"',
        'ref = «"agentic-ai-engineer/gone/gone"»',
    ),
    ("T027", 'to = "retrieval"', 'to = «"retrieve"»'),
    ("T028", 'id = "our-gateway"', 'id = «"retrieval"»'),
    ("T028", 'id = "search-our-wiki"', 'id = «"relevance-set"»'),
    ("T030", 'before = "tools-and-mcp"', 'before = «"retrieval"»'),
    ("T030", 'before = "tools-and-mcp"', 'before = «"tools-and-mcp/loop-by-hand"»'),
    ("T030", 'to = "retrieval"', 'to = «"retrieval/hnsw"»'),
]
"""The code, what is replaced in the sound overlay, and by what."""
