"""Texts that show what the canvas can be asked to draw: each a text with its spans, relations and suggestions."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.app.sources import load_schema, project_source_dir
from annotator.formats import read_files, recognise
from annotator.model import Layer, Pending, Relation, Span
from annotator.ui.canvas import Content


@dataclass(frozen=True)
class State:
    """`spans` says words, label and id; several words are the parts of one span. A number at the end: a suggestion.

    `relations` says label, head and tail, and may end in a number, too.
    """

    text: str
    spans: tuple[tuple[object, ...], ...]
    relations: tuple[tuple[object, ...], ...] = ()

    def content(self) -> Content:
        spans = [self._span(*entry) for entry in self.spans]
        relations = [_relation(number, *entry) for number, entry in enumerate(self.relations)]
        decided = [item for item in (*spans, *relations) if item.score is None]
        left = Pending(
            {span.id: span for span in spans if span.score is not None},
            {relation.id: relation for relation in relations if relation.score is not None},
        )
        return Content(self.text, load_schema("news"), Layer("d", "p", decided), left)

    def _span(self, words: object, label: str, name: str, score: float | None = None) -> Span:
        parts = words if isinstance(words, tuple) else (words,)
        fragments, after = [], 0
        for part in parts:
            start = self.text.index(str(part), after)
            after = start + len(str(part))
            fragments.append((start, after))
        return Span(name, label, tuple(fragments), score=score)


def _relation(number: int, label: str, head: str, tail: str, score: float | None = None) -> Relation:
    return Relation(f"r{number}", label, head, tail, score=score)


def dense(spans: int = 68) -> Content:
    """The news article as it is labelled, as far as its first spans go, with everything that relates them."""
    records, _ = read_files([project_source_dir("news") / "gold.jsonl"])
    record = records[0]
    found = sorted((item for item in record.items if isinstance(item, Span)), key=lambda span: span.start)[:spans]
    known = {span.id for span in found}
    relations = [item for item in record.items if isinstance(item, Relation) and {item.head, item.tail} <= known]
    end = record.text.index("\n", found[-1].end)
    text = record.text[:end]
    return Content(text, load_schema("news"), Layer("d", "p", [*found, *relations]), Pending(), recognise(text))


DISCONTINUOUS = State(
    "North and South Korea sent their foreign ministers to Geneva. The talks of Monday and Tuesday were led by\n"
    "Presidents Anna Berg of Norway and Bo Larsen of Denmark, who had met before in the old and the new town hall.",
    (
        (("North", "Korea"), "GPE", "north"),
        ("South Korea", "GPE", "south"),
        ("foreign ministers", "TITLE", "ministers"),
        ("Geneva", "GPE", "geneva"),
        (("talks of Monday", "Tuesday"), "EVENT", "talks"),
        ("Monday", "DATE", "monday", 0.71),
        (("Presidents", "Anna Berg"), "PERSON", "anna"),
        (("Presidents", "Bo Larsen"), "PERSON", "bo"),
        ("Norway", "GPE", "norway"),
        ("Denmark", "GPE", "denmark", 0.88),
    ),
    (("partner_of", "north", "south"), ("meets", "anna", "bo"), ("located_in", "anna", "norway")),
)

_CROWD = (
    "Xi Jinping met Vladimir Putin, Joe Biden, Emmanuel Macron, Olaf Scholz, Rishi Sunak and Narendra Modi in Beijing."
)
_LATER = (
    "Only later did Antonio Guterres, Ursula von der Leyen and Jens Stoltenberg arrive, whom he received on Sunday."
)
_GUESTS = (
    *("Vladimir Putin", "Joe Biden", "Emmanuel Macron", "Olaf Scholz", "Rishi Sunak", "Narendra Modi"),
    *("Antonio Guterres", "Ursula von der Leyen", "Jens Stoltenberg"),
)

CROWDED = State(
    f"{_CROWD}\n{_LATER}\nThe meeting of all of them was the first in China since the year of 2019.",
    (
        ("Xi Jinping", "PERSON", "xi"),
        ("Beijing", "GPE", "beijing"),
        ("China", "GPE", "china"),
        ("Sunday", "DATE", "sunday"),
        ("2019", "DATE", "year", 0.64),
        *((name, "PERSON", name) for name in _GUESTS),
    ),
    (
        *(("meets", "xi", name) for name in _GUESTS),
        ("located_in", "beijing", "china"),
        ("located_in", "xi", "china"),
        ("partner_of", "Joe Biden", "Rishi Sunak", 0.55),
    ),
)

RIGHT_TO_LEFT = State(
    "اجتمع الرئيس الصيني شي جين بينغ مع Vladimir Putin في بكين يوم الجمعة 24 مارس.\n"
    "ראש הממשלה נפגש עם הנשיא ג׳ו ביידן בוושינגטון (Washington) ביום שני.\n"
    "He said שלום עולם to everybody in بكين and left.",
    (
        ("الرئيس الصيني", "TITLE", "title"),
        ("الصيني", "NORP", "norp"),
        ("شي جين بينغ", "PERSON", "xi"),
        ("Vladimir Putin", "PERSON", "putin"),
        ("بكين", "GPE", "beijing"),
        ("يوم الجمعة 24 مارس", "DATE", "day", 0.82),
        ("ראש הממשלה", "TITLE", "head"),
        ("ג׳ו ביידן", "PERSON", "joe"),
        ("בוושינגטון (Washington)", "GPE", "wash"),
        ("שלום עולם to everybody", "EVENT", "mixed"),
    ),
    (("meets", "xi", "putin"), ("holds_title", "xi", "title"), ("located_in", "joe", "wash")),
)

UNSPACED = State(
    "中国国家主席习近平星期五在北京会见俄罗斯总统普京。\n"
    "岸田文雄首相は東京でマクロン大統領と会談した。\n"
    "นายกรัฐมนตรีไทยเดินทางไปกรุงปักกิ่งเมื่อวันศุกร์\n"
    "भारत के प्रधानमंत्री नरेन्द्र मोदी दिल्ली में थे।",
    (
        ("中国国家主席", "TITLE", "t"),
        ("中国", "GPE", "cn"),
        ("习近平", "PERSON", "xi"),
        ("星期五", "DATE", "fri", 0.77),
        ("北京", "GPE", "bj"),
        ("俄罗斯总统", "TITLE", "t2"),
        ("普京", "PERSON", "putin"),
        ("岸田文雄", "PERSON", "kishida"),
        ("東京", "GPE", "tokyo"),
        ("マクロン大統領", "PERSON", "macron"),
        ("กรุงปักกิ่ง", "GPE", "pk"),
        ("วันศุกร์", "DATE", "friday"),
        ("नरेन्द्र मोदी", "PERSON", "modi"),
        ("दिल्ली", "GPE", "delhi"),
    ),
    (("holds_title", "xi", "t"), ("meets", "xi", "putin"), ("meets", "kishida", "macron")),
)

EMOJI = State(
    "The 👩‍🚀 Anna and her family 👨‍👩‍👧‍👦 from 🇩🇪 and 🇫🇷 liked it 👍🏽 in Zu\u0308rich and Sa\u0303o Paulo.\n"
    "Hid\u200bden spaces, a soft hy\u00adphen, "
    "\u2067turned\u2069 text, a \u202ereverse\u202c word and a bell\x07 are marked.\n"
    "Mathematicians write 𝔹erlin and 𝒳 for Beijing.",
    (
        ("👩‍🚀 Anna", "PERSON", "anna"),
        ("👨‍👩‍👧‍👦", "NORP", "family"),
        ("🇩🇪", "GPE", "de"),
        ("🇫🇷", "GPE", "fr", 0.6),
        ("Zu\u0308rich", "GPE", "zh"),
        ("Sa\u0303o Paulo", "GPE", "sp"),
        ("Hid\u200bden", "EVENT", "hidden"),
        ("𝔹erlin", "GPE", "berlin"),
        ("Beijing", "GPE", "beijing"),
    ),
    (("located_in", "anna", "de"), ("partner_of", "zh", "sp")),
)
