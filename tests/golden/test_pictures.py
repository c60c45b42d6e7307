"""The text looks as it did: the sample article decided and suggested, light and dark, nested labels, many scripts.

Only what the shipped face can draw is compared; other scripts come from the fonts of the machine.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from annotator.app.sources import load_schema, seeds_dir
from annotator.formats import recognise
from annotator.model import Label, Layer, Pending, Relation, RelationType, Schema, Span
from annotator.ui.application import make_application
from annotator.ui.canvas import Content
from annotator.ui.canvas.picture import grab_document
from annotator.ui.canvas.sheets import Look
from annotator.ui.theme import DARK, LIGHT
from comparing import check_picture, difference
from driving import suggestions_of_gold

HERE = Path(__file__).parent / "canvas"
WIDTH_PX, HEIGHT_PX = 800, 640
MOST_FAR = 0.004
"""Of the cells: a single label is as much."""

NESTED = Schema(
    "nested",
    (Label("PERSON", "Person", "1", 250), Label("TITLE", "Title", "2", 25), Label("ORG", "Organisation", "3", 300)),
    (RelationType("heads", "heads", "q"), RelationType("same_as", "same as", "w", is_symmetric=True)),
)
"""Two labels have a colour of their own, one is near another."""

COUNCIL = """The President of the Council of the Bank of the North, Ana Silva, spoke first.
Then the Deputy President of the Council of the Bank of the South and the Bank of the West spoke, and Bo Larsen with it.
"""

SCRIPTS = """Zürich, Åse Ødegård, Nguyễn Phú Trọng, Łódź and Ötzi
Ο Κυριάκος Μητσοτάκης συναντήθηκε στην Αθήνα με τη Ζωή.
Президент Владимир Зеленский прибыл в Київ и Санкт-Петербург.
Accents put on afterwards: Ame\u0301lie Va\u0308th — “quoted”, 47.5 % of $1,204.
"""


@dataclass
class Sheet:
    """A text to be labelled by its words."""

    text: str
    schema: Schema

    def __post_init__(self) -> None:
        self.items: list[Span | Relation] = []

    def span(self, name: str, label: str, *words: str, score: float | None = None) -> None:
        """Label words, in one piece or several."""
        places = [(self.text.index(piece), self.text.index(piece) + len(piece)) for piece in words]
        self.items.append(Span(name, label, tuple(places), score=score))

    def relate(self, label: str, head: str, tail: str, score: float | None = None) -> None:
        self.items.append(Relation(f"{label}-{head}-{tail}", label, head, tail, score=score))

    def content(self) -> Content:
        decided = [item for item in self.items if item.score is None]
        left = [item for item in self.items if item.score is not None]
        return Content(self.text, self.schema, Layer("d", "p", decided), _pending(left), recognise(self.text))


def _pending(items: list[Span | Relation]) -> Pending:
    return Pending(
        {item.id: item for item in items if isinstance(item, Span)},
        {item.id: item for item in items if isinstance(item, Relation)},
    )


def article(*, is_decided: bool) -> Content:
    """The sample article with all that its gold says, decided or suggested."""
    text = next(seeds_dir().glob("000_*.txt")).read_bytes().decode()
    items = suggestions_of_gold()
    layer, left = (Layer("d", "p", items), Pending()) if is_decided else (Layer("d", "p"), _pending(items))
    return Content(text, load_schema("news"), layer, left, recognise(text))


def nested() -> Content:
    """Names in names in names, in one piece and in two, with arcs that meet and cross."""
    sheet = Sheet(COUNCIL, NESTED)
    sheet.span("north", "ORG", "Bank of the North")
    sheet.span("council", "ORG", "Council of the Bank of the North")
    sheet.span("president", "TITLE", "President of the Council of the Bank of the North")
    sheet.span("ana", "PERSON", "The President of the Council of the Bank of the North, Ana Silva")
    sheet.span("deputy", "TITLE", "Deputy President")
    sheet.span("south", "ORG", "Bank of the South")
    sheet.span("west", "ORG", "Bank of the West", score=0.71)
    sheet.span("both", "ORG", "Council of the Bank of the South", "Bank of the West", score=0.44)
    sheet.span("bo", "PERSON", "Bo Larsen")
    for head, tail in (("ana", "council"), ("council", "north"), ("deputy", "south"), ("bo", "both"), ("deputy", "bo")):
        sheet.relate("heads", head, tail, None if head != "bo" else 0.6)
    sheet.relate("same_as", "ana", "bo", 0.35)
    sheet.relate("same_as", "north", "west", 0.9)
    return sheet.content()


def scripts() -> Content:
    sheet = Sheet(SCRIPTS, load_schema("news"))
    for name, label, words in (
        ("a", "GPE", "Zürich"),
        ("b", "PERSON", "Åse Ødegård"),
        ("c", "PERSON", "Nguyễn Phú Trọng"),
        ("d", "GPE", "Łódź"),
        ("e", "PERSON", "Κυριάκος Μητσοτάκης"),
        ("f", "GPE", "Αθήνα"),
        ("g", "TITLE", "Президент"),
        ("h", "PERSON", "Владимир Зеленский"),
        ("i", "GPE", "Київ"),
        ("j", "GPE", "Санкт-Петербург"),
        ("k", "PERSON", "Ame\u0301lie Va\u0308th"),
        ("l", "PERCENT", "47.5 %"),
    ):
        sheet.span(name, label, words, score=0.8 if name in "dk" else None)
    sheet.relate("holds_title", "h", "g")
    sheet.relate("located_in", "e", "f")
    sheet.relate("located_in", "h", "i", 0.5)
    return sheet.content()


PICTURES = {
    "article-decided-light": (lambda: article(is_decided=True), LIGHT),
    "article-suggested-dark": (lambda: article(is_decided=False), DARK),
    "nested-light": (nested, LIGHT),
    "scripts-dark": (scripts, DARK),
}


def drawn(name: str) -> QImage:
    """The top of the page at 1 pixel for each pixel."""
    content, theme = PICTURES[name]
    image = grab_document(content(), Look(theme, width_px=WIDTH_PX, scale=1.0))[0]
    return image.copy(QRect(0, 0, image.width(), min(image.height(), HEIGHT_PX)))


@pytest.fixture(autouse=True)
def faces(qapp: QApplication) -> None:
    """The application with the shipped face."""
    make_application()


@pytest.mark.parametrize("name", PICTURES)
def test_the_text_looks_as_it_did(name: str) -> None:
    check_picture(drawn(name), HERE / f"{name}.png", most_far=MOST_FAR)


def test_a_label_more_or_less_would_be_noticed() -> None:
    sheet = Sheet(COUNCIL, NESTED)
    look = Look(width_px=WIDTH_PX, scale=1.0)
    (bare,) = grab_document(sheet.content(), look)
    sheet.span("bo", "PERSON", "Bo Larsen")
    (one,) = grab_document(sheet.content(), look)
    assert difference(bare, bare).far == 0
    assert bare.size() == one.size()
    assert difference(bare, one).far > MOST_FAR
