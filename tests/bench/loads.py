"""The documents that are measured, always the same for one name, and how CPU time is taken."""

from __future__ import annotations

import random
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from annotator.app.loading import MANY_ITEMS
from annotator.app.sources import seeds_dir
from annotator.model import Layer, Pending, Relation, Schema, Span


@dataclass(frozen=True)
class Shape:
    """A kind of document, and what it may cost: ms of CPU, and MB."""

    characters: int
    first_paint: float
    frame: float
    edit: float
    memory: float
    is_paragraph: bool = False
    is_word: bool = False
    words: str = ""
    """What the text consists of instead of the sample article, in an order of chance."""
    space: str = " "


THAI = """รัฐบาล ประเทศ ไทย และ จีน ประชุม ร่วมกัน ที่ กรุงเทพ เมื่อ วัน ศุกร์ เพื่อ หารือ เรื่อง
การค้า พลังงาน สันติภาพ ผู้นำ กล่าว ว่า"""
ARABIC = """التقى الرئيس الصيني شي جين بينغ نظيره الروسي فلاديمير بوتين في موسكو
يوم الجمعة لبحث التعاون والتجارة والطاقة بين البلدين"""

SHAPES = {
    "5kb": Shape(5_000, 30, 8, 6, 20),
    "100kb": Shape(100_000, 30, 8, 6, 20),
    "1mb": Shape(1_000_000, 60, 8, 6, 25),
    "10mb": Shape(10_000_000, 150, 10, 8, 40),
    "paragraph_1mb": Shape(1_000_000, 60, 8, 6, 25, is_paragraph=True),
    "word_1mb": Shape(1_000_000, 60, 8, 6, 25, is_word=True),
    "thai_1mb": Shape(1_000_000, 60, 8, 6, 25, words=THAI, space=""),
    "arabic_1mb": Shape(1_000_000, 60, 8, 6, 25, words=ARABIC),
}

WORDS = re.compile(r"\b[A-Za-z][\w'-]+(?: [A-Za-z]\w+)?")


@dataclass(frozen=True)
class Load:
    """A document to show, always the same for one size."""

    name: str
    text: str
    spans: tuple[Span, ...]
    suggested: tuple[Span, ...]
    relations: tuple[Relation, ...]

    @property
    def is_large(self) -> bool:
        """Whether the program shows the bare text first, and the labels when another thread has made them ready."""
        return len(self.spans) + len(self.suggested) + len(self.relations) > MANY_ITEMS

    def layer(self) -> Layer:
        return Layer("document", "person", (*self.spans, *self.relations))

    def pending(self) -> Pending:
        return Pending({span.id: span for span in self.suggested}, {}, touched=frozenset())


def make_load(name: str, schema: Schema) -> Load:
    """The sample article repeated up to the length of the shape, or one word: a span every 50 characters (12 % with one
    inside, 30 % suggested), a relation every 200."""
    article = next(seeds_dir().glob("*.txt")).read_text(encoding="utf-8")
    shape = SHAPES[name]
    if shape.words:
        article = _article(shape)
    text = ((article + "\n\n") * (shape.characters // len(article) + 1))[: shape.characters]
    if shape.is_paragraph:
        text = text.replace("\n", " ")
    if shape.is_word:
        text = re.sub(r"\W", "x", text)
    dice = random.Random(1)
    labels = [label.name for label in schema.labels]
    spans: list[Span] = []
    suggested: list[Span] = []
    free = 0
    for match in mentions(shape).finditer(text):
        if match.start() < free:
            continue
        free = match.start() + 50
        is_suggested = dice.random() < 0.3
        span = Span(f"s{match.start()}", dice.choice(labels), (match.span(),), score=0.7 if is_suggested else None)
        (suggested if is_suggested else spans).append(span)
        if " " in match.group() and dice.random() < 0.12:
            inner = (match.start(), match.start() + match.group().index(" "))
            spans.append(Span(f"n{match.start()}", dice.choice(labels), (inner,)))
    return Load(name, text, tuple(spans), tuple(suggested), tuple(_relations(spans, schema, dice)))


def mentions(shape: Shape) -> re.Pattern[str]:
    """What may be labelled in a text of this shape."""
    if shape.words:
        return re.compile("|".join(shape.words.split()))
    return re.compile(r"\w{9}") if shape.is_word else WORDS


def _article(shape: Shape) -> str:
    """Paragraphs of a usual length in the words of another script."""
    dice = random.Random(4)
    words = shape.words.split()
    sentences = [shape.space.join(dice.choices(words, k=dice.randrange(8, 20))) for _ in range(200)]
    return "\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))


def make_overlap(schema: Schema) -> Load:
    """50,000 labels on 3,000 characters."""
    dice = random.Random(5)
    text = ("Some words that everybody wants to label. " * 100)[:3_000]
    labels = [label.name for label in schema.labels]
    starts = [dice.randrange(len(text) - 1) for _ in range(50_000)]
    spans = tuple(
        Span(f"s{number}", dice.choice(labels), ((start, min(len(text), start + dice.randrange(1, 30))),))
        for number, start in enumerate(starts)
    )
    return Load("overlap_50k", text, spans, (), ())


def make_hub(schema: Schema) -> Load:
    """5,000 relations that leave one label."""
    text = "Some words that everybody wants to label. " * 2_500
    label, kind = schema.labels[0].name, schema.relations[0].name
    spans = tuple(Span(f"s{number}", label, ((number * 20, number * 20 + 5),)) for number in range(5_001))
    joins = tuple(Relation(f"r{at}", kind, "s0", f"s{at}") for at in range(1, 5_001))
    return Load("hub_5k", text, spans, (), joins)


def _relations(spans: list[Span], schema: Schema, dice: random.Random) -> list[Relation]:
    kinds = [kind.name for kind in schema.relations]
    found = []
    free = 0
    for number, span in enumerate(spans):
        reach = dice.choice((1, 1, 2, 2, 3, 5)) if dice.random() > 0.02 else dice.randrange(20, 200)
        other = min(len(spans) - 1, number + reach)
        if span.start >= free and other != number:
            found.append(Relation(f"r{number}", dice.choice(kinds), span.id, spans[other].id))
            free = span.start + 200
    return found


def cpu_ms(act: Callable[[], object]) -> float:
    """What it costs the thread that asks."""
    start = time.thread_time()
    act()
    return (time.thread_time() - start) * 1000


def wall_ms(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def figure(
    name: str, value: float, goal: float | None, peer: str = "", peer_value: float | None = None, unit: str = "ms"
) -> dict[str, Any]:
    """A figure for the common runner, of which less is better; `peer` was measured beside it."""
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "lower_is_better": True,
        "goal": goal,
        "peer": peer,
        "peer_value": peer_value,
    }
