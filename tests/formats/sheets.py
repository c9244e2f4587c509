"""A printed sheet read back: its text as a screen reader gets it, and the tags around it."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]*)>")


@dataclass
class Sheet:
    """A PDF; `text` leaves out what is marked as decoration, such as page numbers and strips."""

    bytes: bytes

    def __post_init__(self) -> None:
        self.pdf = pikepdf.open(io.BytesIO(self.bytes))

    @property
    def pages(self) -> int:
        return len(self.pdf.pages)

    @property
    def text(self) -> str:
        return _seen("".join(said for page in self.pdf.pages for said, tag in _said(page) if tag))

    @property
    def everything(self) -> str:
        return _seen("".join(said for page in self.pdf.pages for said, _tag in _said(page)))

    def drawn_with(self, font: str) -> list[int]:
        """Return the glyphs of one font in the order in which they are drawn."""
        found: list[int] = []
        for page in self.pdf.pages:
            of = {name for name, one in page.Resources.Font.items() if font in str(one.BaseFont)}
            now = ""
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    now = str(operands[0])
                elif str(operator) in ("Tj", "TJ") and now in of:
                    parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                    codes = b"".join(bytes(one) for one in parts if isinstance(one, pikepdf.String))
                    found += [a << 8 | b for a, b in zip(codes[::2], codes[1::2], strict=True)]
        return found

    def tags(self) -> list[str]:
        """Return the names of the structure, in reading order."""
        return [str(node.S)[1:] for node in self._nodes(self.pdf.Root.StructTreeRoot)]

    def headings(self) -> list[tuple[str, str]]:
        """Return (tag, title) of each heading, in reading order."""
        return [
            (str(node.S)[1:], _seen(self._text_of(node)))
            for node in self._nodes(self.pdf.Root.StructTreeRoot)
            if re.fullmatch("/H[1-6]", str(node.S))
        ]

    def _nodes(self, node: pikepdf.Object) -> Iterator[pikepdf.Object]:
        for kid in _kids(node):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from self._nodes(kid)

    def _text_of(self, node: pikepdf.Object) -> str:
        found = ""
        for kid in _kids(node):
            if isinstance(kid, int):
                found += self._marked(node.Pg, kid)
            elif "/MCID" in kid:
                found += self._marked(kid.get("/Pg", node.get("/Pg")), int(kid.MCID))
            elif "/S" in kid:
                found += self._text_of(kid)
        return found

    def _marked(self, page: pikepdf.Object, number: int) -> str:
        return "".join(said for said, tag in _said(pikepdf.Page(page)) if tag == ("mcid", number))


def _kids(node: pikepdf.Object) -> list:
    kids = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _seen(text: str) -> str:
    """Leave out the invisible places to break, and what only lays out a line."""
    return " ".join(text.replace("\u200b", "").replace("\u00ad", "").split())


def _said(page: pikepdf.Page) -> Iterator[tuple[str, tuple | None]]:
    """Yield (text, its tag) of a page; what is an artifact has none. ActualText comes first."""
    fonts = {name: _unicode_of(font) for name, font in page.Resources.get("/Font", {}).items()}
    now: dict[int, str] = {}
    marks: list[tuple[tuple | None, bool]] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BMC" | "BDC":
                outer, is_said = marks[-1] if marks else (None, False)
                name, values = str(operands[0]), operands[1] if len(operands) > 1 else {}
                tag = None if name == "/Artifact" else outer
                if isinstance(values, pikepdf.Dictionary):
                    tag = ("mcid", int(values.MCID)) if "/MCID" in values else tag
                    if "/ActualText" in values and not is_said:
                        yield str(values.ActualText), tag
                        is_said = True
                marks.append((tag, is_said))
            case "EMC":
                marks.pop()
            case "Tf":
                now = fonts[str(operands[0])]
            case "Tj" | "TJ":
                tag, is_said = marks[-1] if marks else (None, False)
                if is_said:
                    continue
                parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                for part in parts:
                    if isinstance(part, pikepdf.String):
                        codes = bytes(part)
                        pairs = zip(codes[::2], codes[1::2], strict=True)
                        yield "".join(now.get(a << 8 | b, "") for a, b in pairs), tag
            case "ET" | "Td" | "Tm":
                pass


def _unicode_of(font: pikepdf.Object) -> dict[int, str]:
    """Read the ToUnicode table of a font with codes of two bytes (ISO 32000-1 9.10.3)."""
    found: dict[int, str] = {}
    for kind, body in _BLOCK.findall(font.ToUnicode.read_bytes()):
        values = _HEX.findall(body)
        step = 2 if kind == b"bfchar" else 3
        for index in range(0, len(values), step):
            first, last = int(values[index], 16), int(values[index + step - 2], 16)
            text = bytes.fromhex(values[index + step - 1].decode()).decode("utf-16-be")
            for offset in range(last - first + 1):
                found[first + offset] = text[:-1] + chr(ord(text[-1]) + offset)
    return found
