"""Writes into docs/privacy.md what `/privacy` says in English, word for word: `make privacy`."""

import re
from pathlib import Path

from lxml import etree

from app import create_app

TARGET = Path(__file__).resolve().parent.parent / "docs" / "privacy.md"
MARK = "<!-- Written by `make privacy`; a test compares. -->\n"


def as_markdown(page: str) -> str:
    """Return the headings, sentences and lists of a page; who is responsible is each site's own."""
    main = etree.fromstring(page, etree.HTMLParser(encoding="utf-8")).find(".//main")
    lines = []
    for one in main.iter("h2", "p", "li"):
        said = " ".join("".join(one.itertext()).split())
        if (
            one.get("data-kept-note") is None
            and next(one.iterancestors("dl"), None) is None
            and said
        ):
            lines.append({"h2": f"\n### {said}\n", "li": f"- {said}"}.get(one.tag, f"{said}\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def main() -> None:
    page = create_app().test_client().get("/privacy?lang=en").data
    head, _ = TARGET.read_text("utf-8").split(MARK)
    TARGET.write_text(f"{head}{MARK}\n{as_markdown(page)}", "utf-8")


if __name__ == "__main__":
    main()
