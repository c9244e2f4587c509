"""Templates: they parse, obey the content security policy, and say nothing untranslated."""

import re
from pathlib import Path

import pytest
from flask import Flask

from tests.source import APP

TEMPLATES = sorted(
    file for file in (APP / "templates").rglob("*") if file.is_file() and file.suffix != ".typ"
)
PAGES = [file for file in TEMPLATES if file.suffix in (".html", ".svg")]
STATIC = sorted(
    file
    for file in (APP / "static").rglob("*")
    if file.suffix in (".css", ".js", ".svg", ".webmanifest")
)

COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
CLASS = re.compile(r"\{%-?\s*block main_class\s*-?%\}[\w ]*\{%")
SENTENCE = re.compile(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", re.DOTALL)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!doctype[^>]*>", re.DOTALL)
SAID_BY_A_TAG = re.compile(r'\b(?:title|alt|aria-label|placeholder|content)="([^"]*)"')

IMPORT = re.compile(r'\{%-?\s*from "[^"]+" import ([^%]+?)-?%\}')
MACRO = re.compile(r"\{%-?\s*macro (\w+)\(")
CALL = re.compile(r"(?<!macro )\b(\w+)\(")

NAMES = {"Twaalf", "– Twaalf", "QR"}
"""Said in no language."""

NEVER = {
    "an event attribute": re.compile(r"<[^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^<>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without an address": re.compile(
        # A data block is never run, and so none of the policy's business: HTML 4.12.1.1.
        r"<script\b(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">x</script>)",
        re.IGNORECASE,
    ),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "something from another host": re.compile(
        r"<(?!a\b)[a-z]+\b[^>]*\b(?:src|srcset|href|action|formaction|poster|data|hx-[a-z]+)"
        r"\s*=\s*[\"']?(?:https?:)?//",
        re.IGNORECASE,
    ),
    "a frame": re.compile(r"<(?:iframe|object|embed|base)\b", re.IGNORECASE),
}


def name_of(file: Path) -> str:
    return file.relative_to(APP).as_posix()


def without_comments(file: Path) -> str:
    return COMMENT.sub("", file.read_text(encoding="utf-8"))


def test_every_template_of_a_page_can_be_compiled(app: Flask):
    """Its filters and functions are known too; letters are worded elsewhere, with other ones."""
    for file in TEMPLATES:
        name = file.relative_to(APP / "templates").as_posix()
        if name.startswith("letters/"):
            app.jinja_env.parse(file.read_text(encoding="utf-8"), name)
        else:
            app.jinja_env.get_template(name)


@pytest.mark.parametrize("file", PAGES, ids=name_of)
def test_a_template_uses_every_macro_that_it_imports(file: Path):
    text = without_comments(file)
    taken = [
        name.split(" as ")[-1].strip()
        for names in IMPORT.findall(text)
        for name in names.replace(" with context", "").split(",")
    ]

    rest = IMPORT.sub("", text)

    assert [name for name in taken if not re.search(rf"\b{name}\b", rest)] == []


def test_every_macro_is_called_by_a_template():
    texts = [without_comments(file) for file in PAGES]
    macros = {name for text in texts for name in MACRO.findall(text)}

    called = {name for text in texts for name in CALL.findall(text)}

    assert macros - called == set()


def test_the_style_sheets_dress_no_class_that_no_page_has():
    sheets = " ".join(file.read_text("utf-8") for file in (APP / "static").glob("*.css"))
    sheet = re.sub(r"/\*.*?\*/|\{[^{}]*\}", "{}", sheets, flags=re.DOTALL)
    selectors = " ".join(re.findall(r"[^{}]+(?=\{)", sheet))
    sources = [*PAGES, *APP.rglob("*.py"), *(APP / "static").glob("*.js")]
    words = set(re.findall(r"[\w-]+", " ".join(file.read_text("utf-8") for file in sources)))

    assert set(re.findall(r"\.([a-z][\w-]*)", selectors)) - words == set()


@pytest.mark.parametrize("file", PAGES, ids=name_of)
def test_a_template_obeys_the_content_security_policy(file: Path):
    text = CODE.sub("x", without_comments(file))

    assert [what for what, pattern in NEVER.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ('<p onclick="x()">', "an event attribute"),
        ('<p class="a"\n  style="x">', "a style attribute"),
        ("<style>p {}</style>", "a style element"),
        ("<script>x()</script>", "a script without an address"),
        ('<script type="application/ld+json">x; y()</script>', "a script without an address"),
        ('<img src="https://example.org/x.png">', "something from another host"),
        ('<link rel="stylesheet" href="//example.org/x.css">', "something from another host"),
        ('<form action="https://example.org">', "something from another host"),
        ('<iframe src="x">', "a frame"),
    ],
)
def test_what_the_policy_refuses_is_found(html: str, what: str):
    """The control of the test above."""
    assert NEVER[what].search(html)


@pytest.mark.parametrize("file", STATIC, ids=name_of)
def test_a_static_file_asks_nothing_of_another_host(file: Path):
    text = re.sub(
        r"/\*.*?\*/|^\s*//.*?$",
        "",
        file.read_text(encoding="utf-8"),
        flags=re.DOTALL | re.MULTILINE,
    )
    asks = re.compile(
        r"""url\(\s*["']?(?:https?:)?//|@import|(?:src|href|fetch)\W{1,4}(?:https?:)?//|import\("""
    )

    assert asks.findall(text) == []


@pytest.mark.parametrize("file", PAGES, ids=name_of)
def test_every_sentence_of_a_page_can_be_translated(file: Path):
    text = SENTENCE.sub("", CLASS.sub("{%", without_comments(file)))
    bare = CODE.sub("", text)

    said = [*TAG.sub("\n", bare).splitlines(), *SAID_BY_A_TAG.findall(bare)]

    letters = re.compile(r"[^\W\d_]{3,}")
    words = re.compile(r"width=|script|light dark|no-referrer|#[0-9a-f]+|text/html")
    left = [
        line.strip()
        for line in said
        if letters.search(line) and line.strip() not in NAMES and not words.search(line)
    ]
    assert left == []
