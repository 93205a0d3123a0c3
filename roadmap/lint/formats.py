"""The faults as text for people, and in the formats that other programs read."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote as percent

from roadmap import __version__
from roadmap.lint.catalog import PAGES
from roadmap.loading.clean import clean
from roadmap.loading.diagnostics import CODES

if TYPE_CHECKING:
    from roadmap.lint.run import Report
    from roadmap.loading.diagnostics import Fault, Related

FORMATS = ("human", "json", "github", "sarif")
"""The names of the formats, the default one first."""


def render(report: Report, form: str) -> str:
    """Write a report in a format: ``human``, ``json``, ``github`` (workflow commands) or ``sarif`` (2.1.0)."""
    return {"human": human, "json": as_json, "github": github, "sarif": sarif}[form](report)


def human(report: Report) -> str:
    """Write each fault with its line and a caret, and at the end how many there are."""
    parts = [fault.render() for fault in report.faults]
    return "\n\n".join([*parts, summary(report)])


def summary(report: Report) -> str:
    """Say in one line how many files were looked at and how many faults they have."""
    files = _count(report.files, "file")
    if not report.faults:
        return f"{files} checked, nothing to mend"
    found = " and ".join(
        _count(number, noun)
        for number, noun in ((report.errors, "error"), (report.warnings, "warning"))
        if number
    )
    first = report.faults[0].code
    wrong = len({fault.file for fault in report.faults})
    where = f"{wrong} of {files}" if wrong < report.files else files
    return f"{found} in {where}; `roadmap track explain {first}` says more of {first}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def as_json(report: Report) -> str:
    """Write the faults as a JSON list; in ASCII, so that nothing from a file can steer a terminal."""
    return json.dumps([fault_data(fault) for fault in report.faults], indent=2, ensure_ascii=True)


def fault_data(fault: Fault) -> dict[str, Any]:
    """Return a fault as JSON has it. Lines and columns count from 1; 0 when the fault has no place."""
    return {
        "code": fault.code,
        "severity": fault.severity,
        "file": fault.file,
        "line": fault.line,
        "column": fault.column,
        "end_line": fault.end_line,
        "end_column": fault.end_column,
        "message": fault.message,
        "help": fault.help,
        "related": [
            {
                "message": one.message,
                "file": one.file,
                "line": one.line,
                "column": one.column,
                "end_line": one.end_line,
                "end_column": one.end_column,
            }
            for one in fault.related
        ],
        "fixable": bool(fault.fix),
    }


def github(report: Report) -> str:
    """Write workflow commands, which GitHub shows beside the lines of a pull request."""
    return "\n".join(_command(fault) for fault in report.faults)


def _command(fault: Fault) -> str:
    places = {"file": fault.file}
    if fault.line:
        places |= {"line": str(fault.line), "endLine": str(fault.end_line), "col": str(fault.column)}
        if fault.end_line == fault.line:
            places["endColumn"] = str(fault.end_column)
    places["title"] = f"{fault.code}: {CODES[fault.code]}"
    properties = ",".join(f"{key}={_escape(value, ':,')}" for key, value in places.items())
    text = fault.message + (f"\nhelp: {fault.help}" if fault.help else "")
    return f"::{fault.severity} {properties}::{_escape(text)}"


def _escape(text: str, more: str = "") -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for character in more:
        text = text.replace(character, f"%{ord(character):02X}")
    return clean(text)


def sarif(report: Report) -> str:
    """Write a SARIF 2.1.0 log, which code hosts and editors read."""
    codes = sorted({fault.code for fault in report.faults})
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "roadmap track lint",
                        "semanticVersion": __version__,
                        "rules": [
                            {
                                "id": code,
                                "shortDescription": {"text": CODES[code]},
                                "fullDescription": {"text": PAGES[code].why},
                                "help": {"text": f"Run `roadmap track explain {code}` for an example."},
                                "defaultConfiguration": {"level": PAGES[code].severity},
                            }
                            for code in codes
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(fault, codes.index(fault.code)) for fault in report.faults],
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=True)


def _result(fault: Fault, index: int) -> dict[str, Any]:
    text = fault.message + (f" ({fault.help})" if fault.help else "")
    result: dict[str, Any] = {
        "ruleId": fault.code,
        "ruleIndex": index,
        "level": fault.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": _location(fault)}],
    }
    if fault.related:
        result["relatedLocations"] = [
            {"physicalLocation": _location(one), "message": {"text": one.message}} for one in fault.related
        ]
    return result


def _location(place: Fault | Related) -> dict[str, Any]:
    path = PurePath(place.file)
    uri = path.as_uri() if path.is_absolute() else percent(path.as_posix())
    location: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if place.line:
        location["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
    return location
