"""The house: import contracts, types, style, licences, one version, and no key on the screen's fonts
missing."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tokenize
import tomllib
from collections import Counter
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
from radon.complexity import cc_visit
from reportlab.pdfbase.ttfonts import TTFontFile

import cirkeldesk
from cirkeldesk import paths
from cirkeldesk.wording import findings, refusals, terms
from cirkeldesk.wording.advice import advice
from cirkeldesk.wording.comparison import differences
from tests.conftest import ROOT

CODE = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True
    ).stdout.split()
    if (ROOT / name).is_file()
]
pytestmark = pytest.mark.timeout(900)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)


def test_ruff_is_clean() -> None:
    for command in (("ruff", "check", "."), ("ruff", "format", "--check", ".")):
        result = run(*command)
        assert result.returncode == 0, result.stdout[-3000:]


RULES = ROOT / "docs" / "rules.md"
WIDTH = 110
PRAGMA = re.compile(r"# (type: ignore|noqa)")


def test_no_line_is_wide_but_sentences_and_tables() -> None:
    """A line may pass 110 only by the text in its quotes, in a table (`fmt`), or by what mypy and ruff
    want on it."""
    wide = []
    for path in CODE:
        text = path.read_text(encoding="utf-8")
        statements = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.stmt)]
        prose = {
            node.lineno
            for node in statements
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        excused: Counter[int] = Counter()
        table_from = 0
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            first, last = token.start[0], token.end[0]
            if token.type == tokenize.STRING and first not in prose:
                for line in range(first, last + 1):
                    excused[line] += token.end[1] - token.start[1] if first == last else WIDTH
            elif token.type == tokenize.COMMENT and PRAGMA.match(token.string):
                excused[first] += WIDTH
            elif token.type == tokenize.COMMENT and token.string == "# fmt: off":
                table_from = first
            elif token.type == tokenize.COMMENT and token.string in ("# fmt: on", "# fmt: skip"):
                begin = table_from or max(node.lineno for node in statements if node.lineno <= first)
                excused.update(dict.fromkeys(range(begin, first), WIDTH))
                table_from = 0
        lines = enumerate(text.splitlines(), 1)
        wide += [
            f"{path.relative_to(ROOT)}:{number}"
            for number, line in lines
            if len(line) > WIDTH and len(line) - excused[number] > WIDTH // 2
        ]
    assert wide == []


def test_mypy_is_strict_and_clean() -> None:
    result = run("mypy")
    assert result.returncode == 0, result.stdout[-3000:]


def test_imports_go_downwards_only() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([str(program)], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-3000:]
    assert "0 broken" in result.stdout


def test_one_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", cirkeldesk.__version__)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" in project["dynamic"]
    assert f"## {cirkeldesk.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def runtime_packages() -> set[str]:
    """Names of what the program itself needs, followed through their requirements."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = {d.metadata["Name"].lower().replace("_", "-"): d for d in distributions()}
    todo = [re.split(r"[^\w-]", name)[0].lower() for name in project["dependencies"]]
    names: set[str] = set()
    while todo:
        name = todo.pop().replace("_", "-")
        if name in names or name not in found:
            continue
        names.add(name)
        todo += [
            re.split(r"[^\w.-]", r)[0].lower() for r in found[name].requires or [] if "extra ==" not in r
        ]
    return names


def test_no_gpl_library_is_shipped() -> None:
    found = {d.metadata["Name"].lower().replace("_", "-"): d.metadata for d in distributions()}
    for name in runtime_packages():
        meta: Any = found[name]
        texts = [
            meta.get("License-Expression"),
            (meta.get("License") or "")[:200],
            *(meta.get_all("Classifier") or []),
        ]
        licences = " ".join(filter(None, texts))
        words = re.sub(r"LGPL|Lesser General Public", "", licences)
        if name in ("pyside6-essentials", "shiboken6"):
            assert "LGPL" in licences
            continue
        assert "GPL" not in words, name
        assert "General Public" not in words, name


def test_third_party_licences_are_listed() -> None:
    listed = (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8").lower()
    assert [name for name in sorted(runtime_packages()) if name not in listed] == []


def test_the_font_has_every_character_we_print() -> None:
    texts = [
        *findings.FINDINGS.values(),
        *refusals.ERRORS.values(),
        *advice.SECTIONS.values(),
        differences.FOOTNOTE,
    ]
    for name, value in vars(terms).items():
        if name.isupper():
            found = value.values() if isinstance(value, dict) else [value]
            texts += [text for text in found if isinstance(text, str)]
    needed = set("".join(texts)) | set("₂²³≤≥€×−·–“”•…")
    for file in ("Roboto-Regular.ttf", "Roboto-Bold.ttf"):
        glyphs = TTFontFile(paths.resources() / "fonts" / file).charToGlyph
        assert [sign for sign in sorted(needed) if ord(sign) not in glyphs and sign not in "\n"] == []


def test_nothing_names_a_machine_or_a_registry() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split("\n")
    place = re.compile(
        "|".join(("/wo" + "rk/", "pypi" + r"\.org", "pythonhosted", "debian" + r"\.org", "/ro" + "ot/"))
    )
    wrong = []
    for name in filter(None, tracked):
        path = ROOT / name
        if path.suffix in {".ttf", ".png"} or not path.is_file() or path == Path(__file__):
            continue
        if place.search(path.read_text(encoding="utf-8", errors="replace")):
            wrong.append(name)
    assert wrong == []


def test_the_window_starts_without_what_only_printing_needs() -> None:
    """reportlab and pikepdf take a fifth of a second together; nobody waits for them before something is
    printed."""
    late = ("reportlab", "pikepdf", "docx", "odfdo", "numpy", "xlsxwriter", "pypdfium2", "openpyxl")
    code = f"import sys, cirkeldesk.desktop.frame.window; print([name for name in {late} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_labels_never_lay_out_a_name() -> None:
    """Qt takes text with markup for a page; only `plain_label` makes labels, and it says plain text."""
    for path in (ROOT / "cirkeldesk" / "desktop").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        made = len(re.findall(r"\bQLabel\(", text))
        assert made == (1 if path.name == "widgets.py" else 0), path.name


PACKAGE = ROOT / "cirkeldesk"
SHIPPED = [
    path
    for path in CODE
    if path.is_relative_to(PACKAGE) or path.parent in (ROOT, ROOT / "tools", ROOT / "bench")
]
MOST_FILES, MOST_LINES, MOST_BRANCHES = 15, 600, 15


def test_no_room_is_a_heap() -> None:
    rooms = Counter(path.parent for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
    assert {str(room.relative_to(ROOT)): count for room, count in rooms.items() if count > MOST_FILES} == {}


def test_no_module_is_a_book() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SHIPPED}
    assert {str(path.relative_to(ROOT)): count for path, count in lines.items() if count > MOST_LINES} == {}


def test_no_function_is_dense() -> None:
    """Branches as radon counts them, boolean operators and comprehensions too; what ruff counts leaves those
    out.

    `dense.txt` names functions of before this rule. It only grows shorter: none is added, what was rewritten
    leaves it.
    """
    known = set((ROOT / "tests" / "dense.txt").read_text(encoding="utf-8").split("\n")) - {""}
    found = set()
    for path in SHIPPED:
        for block in cc_visit(path.read_text(encoding="utf-8")):
            if block.complexity > MOST_BRANCHES and block.letter != "C":
                found.add(f"{path.relative_to(ROOT)} {block.fullname}")
    assert found - known == set()
    assert known - found == set()


def test_one_class_name_is_one_thing() -> None:
    """A reader who knows a name knows it everywhere; two of one name once made our own schema describe the
    wrong one."""
    found: dict[str, list[str]] = {}
    for path in SHIPPED:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def test_what_code_cites_is_here() -> None:
    """A rule that only its writer can read is no source."""
    headings = set(
        re.findall(r"^## ((?:DOMAIN|UX|HOUSE) [D0-9]+)\.? ", RULES.read_text(encoding="utf-8"), re.MULTILINE)
    )
    cited = set()
    for path in CODE:
        text = " ".join(path.read_text(encoding="utf-8").split())
        for name, numbers in re.findall(r"\b(DOMAIN|UX|HOUSE) (D?\d+(?:(?:, | and )D?\d+)*)", text):
            cited |= {f"{name} {number}" for number in re.findall(r"D?\d+", numbers)}
    assert len(cited) > 10
    assert cited - headings == set()


def test_the_documents_point_at_what_is_there() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/rules.md", "docs/glossary.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        linked = re.findall(r"\]\(([^)#:]+)\)", text)
        named = re.findall(
            r"`((?:cirkeldesk|desktop|operations|store|model|sheets|wording|tests)/[\w/]+\.py)`", text
        )
        gone = [link for link in linked if not ((ROOT / name).parent / link).exists()]
        gone += [path for path in named if not ((ROOT / path).exists() or (PACKAGE / path).exists())]
        assert gone == [], name


def test_the_glossary_names_what_is_there() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    rows = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()[6:]
    words = [word for row in rows for word in re.findall(r"`(\w+)`", row.split("|")[2])]
    assert len(words) > 30
    assert [word for word in words if not re.search(rf"\b{word}\b", source)] == []
