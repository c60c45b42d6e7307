"""Files that have broken annotation tools, by class: what each holds, and what must be said of it.

`ITEMS` is made afresh on import and is the same every time. Nothing here is a document of anybody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f466"
FLAG = "\U0001f1eb\U0001f1f7"
GOTHIC = "\U00010330\U00010331"
STACKED = "o" + "\u0323\u0302\u0301" * 6
TEXT = f"Ada Obi {FAMILY} joined Nordlicht AG in {GOTHIC} on Monday."
LENGTH = len(TEXT)


@dataclass(frozen=True)
class Nasty:
    """A file. `says` is the code of the finding that must be there, `line` its line; without `says` there is none."""

    file: str
    data: bytes
    is_kept: bool
    says: str = ""
    line: int = 0

    def __str__(self) -> str:
        return self.file


def lines(*records: object, end: str = "\n") -> bytes:
    written = (one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in records)
    return "".join(line + end for line in written).encode()


def span(start: object, end: object, label: object = "PER", **more: object) -> dict:
    return {"id": "T1", "start": start, "end": end, "label": label} | more


def pair(*relations: dict, **more: object) -> dict:
    """A record with two spans and these relations."""
    spans = [span(0, 7), span(20, 32, "ORG", id="T2")]
    return {"text": TEXT, "spans": spans, "relations": list(relations)} | more


# ---- text


def _kept_texts() -> Iterator[tuple[str, str]]:
    yield "emoji", f"{FAMILY}{FLAG} said {FAMILY}"
    yield "gothic", GOTHIC * 3
    yield "stacked marks", f"{STACKED} and {STACKED}"
    yield "composed", "Zo\u00eb"
    yield "decomposed", "Zoe\u0308"
    yield "arabic and hebrew", "\u0645\u0631\u062d\u0628\u0627 Ada \u05e9\u05dc\u05d5\u05dd 42"
    yield "chinese", "\u8bb0\u8005\u62a5\u9053" * 30
    yield "thai", "\u0e02\u0e48\u0e32\u0e27\u0e40\u0e0a\u0e49\u0e32"
    yield "devanagari", "\u0938\u092e\u093e\u091a\u093e\u0930"
    yield "zero width", "A\u200bd\u200ca\u200d O\u2060b\ufeffi\u00ad"
    yield "spaces", "\u00a0Ada\u2003\u202f\u3000Obi\u00a0"
    yield "private use", "a\ue123\U000f0000\ufdd1\ufffe"
    yield "replacement", "caf\ufffd"
    yield "single", "."
    yield "markup", "<b>Ada</b> <img src='file:///x'> &amp; %s {0} =1+1"
    for name, end in (
        ("lf", "\n"),
        ("crlf", "\r\n"),
        ("cr", "\r"),
        ("ls", "\u2028"),
        ("ps", "\u2029"),
        ("nel", "\x85"),
        ("vt", "\v"),
        ("ff", "\f"),
    ):
        yield f"ends {name}", end.join(("Ada", "", "Obi.", ""))
    yield "ends mixed", "a\r\nb\nc\rd\u2028e"


def _texts() -> Iterator[Nasty]:
    for name, text in _kept_texts():
        yield Nasty(f"{name}.txt", text.encode(), is_kept=True)
    yield Nasty("direction.txt", "pay \u202eAda\u2066 now\u2069".encode(), is_kept=True, says="text-unseen")
    yield Nasty("controls.txt", bytes(range(1, 128)), is_kept=True, says="text-unseen")
    yield Nasty("terminal.txt", b"\x1b]0;owned\x07 \x1b[2J", is_kept=True, says="text-unseen")
    yield Nasty("mark.txt", b"\xef\xbb\xbfAda", is_kept=True, says="text-bom")
    yield Nasty("utf16le.txt", b"\xff\xfe" + "Zo\u00eb".encode("utf-16-le"), is_kept=True, says="text-utf16")
    yield Nasty("utf16be.txt", b"\xfe\xff" + "Zo\u00eb".encode("utf-16-be"), is_kept=True, says="text-utf16")
    yield Nasty("utf16 unmarked.txt", "Ada Obi".encode("utf-16-le"), is_kept=False, says="text-nul-utf16", line=1)
    yield Nasty("utf16 odd.txt", b"\xff\xfeA\0B", is_kept=False, says="text-not-encoded", line=1)
    yield Nasty("utf32.txt", "Ada".encode("utf-32"), is_kept=False, says="text-utf32")
    yield Nasty("nul.txt", b"Ada\nO\0bi, a rather long line", is_kept=False, says="text-nul", line=2)
    for name, data in (
        ("latin1", "Zo\u00eb said".encode("latin-1")),
        ("cp1252", "\u201cno\u201d".encode("cp1252")),
        ("gb18030", "\u8bb0\u8005".encode("gb18030")),
        ("shift_jis", "\u8a18\u8005".encode("shift_jis")),
        ("stray", b"ab \x9f"),
        ("overlong", b"\xe0\x80\xaf"),
        ("cut", FAMILY.encode()[:-2]),
        ("surrogates", b"\xed\xa0\x80\xed\xb0\x80"),
        ("beyond", b"\xf4\x90\x80\x80"),
    ):
        yield Nasty(f"not utf8 {name}.txt", b"one\n" + data, is_kept=False, says="text-not-utf8", line=2)
    yield Nasty("empty.txt", b"", is_kept=False, says="file-empty")
    yield Nasty("blank.txt", " \t\r\n\u3000\n".encode(), is_kept=False, says="text-blank")
    yield Nasty("one line.txt", b"Ada met Obi. " * 800_000, is_kept=True, says="text-heavy")
    yield Nasty("one word.txt", b"a" * 1_000_000, is_kept=True, says="text-heavy")
    yield Nasty("many lines.txt", b"a\n" * 500_000, is_kept=True, says="text-heavy")
    yield Nasty("one letter.txt", ("a" + "\u0301" * 10_000).encode(), is_kept=True, says="text-heavy")
    yield Nasty("jsonl in truth.txt", lines({"text": "Ada"}), is_kept=True, says="format-by-content")


# ---- spans, relations, ids


def _spans() -> Iterator[Nasty]:
    for name, bad, says in (
        ("empty", span(4, 4), "span-without-text"),
        ("reversed", span(7, 2), "span-reversed"),
        ("negative", span(-1, 3), "span-negative"),
        ("beyond", span(2, LENGTH + 1), "span-beyond"),
        ("behind", span(LENGTH, LENGTH + 2), "span-beyond"),
        ("half", span(0.5, 3), "json-value"),
        ("float", span(0.0, 3.0), "json-value"),
        ("exponent", span(0, 1e999), "json-constant"),
        ("string", span("0", "3"), "json-value"),
        ("bool", span(False, True), "json-value"),
        ("null", span(0, None), "json-value"),
        ("list", span([0], 3), "json-value"),
        ("nan", span(0, float("nan")), "json-constant"),
        ("huge", span(0, 10**40), "span-beyond"),
        ("int64", span(0, 2**63), "span-beyond"),
        ("no label", span(0, 3, None), "json-value"),
        ("empty label", span(0, 3, ""), "json-value"),
        ("number label", span(0, 3, 1), "json-value"),
        ("object label", span(0, 3, {}), "json-value"),
        ("other text", span(0, 3, text="Obi"), "span-text"),
        ("text number", span(0, 3, text=3), "json-value"),
        ("id list", span(0, 3, id=[1]), "json-value"),
        ("id empty", span(0, 3, id=""), "json-value"),
        ("id reserved", span(0, 3, id="status"), "item-id-reserved"),
        ("attrs list", span(0, 3, attrs=[1]), "json-value"),
        ("fragments crossed", span(0, 7, fragments=[[4, 7], [0, 3]]), "span-fragments"),
        ("fragments elsewhere", span(0, 9, fragments=[[0, 3], [4, 7]]), "span-hull"),
        ("fragments flat", span(0, 7, fragments=[0, 7]), "json-value"),
        ("confirmed otherwise", span(0, 3, confirmed="yes"), "json-value"),
        ("no object", "T1", "json-not-object"),
    ):
        data = lines({"text": "Before."}, {"text": TEXT, "spans": [bad]}, {"text": "After."})
        yield Nasty(f"span {name}.jsonl", data, is_kept=False, says=says, line=2)
    twice = [span(0, 7), span(20, 32)]
    yield Nasty("id twice.jsonl", lines({"text": TEXT, "spans": twice}), is_kept=False, says="item-id-twice", line=1)
    same = [span(0, 7), span(0, 7, id="T2")]
    yield Nasty("span twice.jsonl", lines({"text": TEXT, "spans": same}), is_kept=True, says="span-twice", line=1)
    cut = [span(8, 9)]
    yield Nasty("span cuts.jsonl", lines({"text": TEXT, "spans": cut}), is_kept=True, says="span-cuts", line=1)
    nested = [span(0, 7), span(0, 3, "X", id="a"), span(2, 15, "Y", id="b"), span(0, 7, "Z", id="c")]
    yield Nasty("spans crossing.jsonl", lines({"text": TEXT, "spans": nested}), is_kept=True)
    many = [{"start": at, "end": at + 1, "label": "X"} for at in range(50_000)]
    yield Nasty(
        "spans many.jsonl", lines({"text": "x" * 50_000, "spans": many}), is_kept=True, says="text-heavy", line=1
    )
    loud = [{"start": at, "end": at + 1, "label": f"L{at}"} for at in range(10_000)]
    yield Nasty("labels many.jsonl", lines({"text": "x" * 10_000, "spans": loud}), is_kept=True, says="labels-many")
    for name, label, says in (
        ("iob", "B-PER", "label-iob"),
        ("outside", "O", "label-iob"),
        ("blank", "  ", "label-edge"),
        ("edge", "PER ", "label-edge"),
        ("case", "per", "label-alike"),
        ("width", "\uff30er", "label-alike"),
        ("newline", "a\nb", "label-unseen"),
        ("unseen", "\u200b", "label-unseen"),
        ("direction", "\u202eREP", "label-unseen"),
    ):
        data = lines({"text": TEXT, "spans": [span(0, 7), span(0, 3, label, id="x")]})
        yield Nasty(f"label {name}.jsonl", data, is_kept=True, says=says)
    for name, label in (
        ("markup", "<img src='file:///x'>"),
        ("sql", "'; DROP TABLE spans;--"),
        ("path", "../../x"),
        ("format", "%s{0}${x}"),
        ("formula", "=1+1"),
        ("long", "L" * 5_000),
        ("emoji", FAMILY),
        ("proto", "__proto__"),
    ):
        yield Nasty(f"label {name}.jsonl", lines({"text": TEXT, "spans": [span(0, 7, label)]}), is_kept=True)


def _relations() -> Iterator[Nasty]:
    for name, relation, says in (
        ("no such head", {"id": "R1", "label": "x", "head": "T9", "tail": "T2"}, "relation-end"),
        ("no such place", {"id": "R1", "label": "x", "head": "T1", "tail": 7}, "relation-end"),
        ("null tail", {"id": "R1", "label": "x", "head": "T1", "tail": None}, "json-value"),
        ("no tail", {"id": "R1", "label": "x", "head": "T1"}, "json-value"),
        ("of itself", {"id": "R1", "label": "x", "head": "R1", "tail": "T2"}, "relation-of-relation"),
        ("without label", {"id": "R1", "head": "T1", "tail": "T2"}, "json-value"),
        ("with id of a span", {"id": "T2", "label": "x", "head": "T1", "tail": "T2"}, "item-id-twice"),
        ("list", [], "json-not-object"),
    ):
        yield Nasty(f"relation {name}.jsonl", lines(pair(relation)), is_kept=False, says=says, line=1)
    one, other = ({"id": name, "label": "x", "head": "T1", "tail": "T2"} for name in ("R1", "R2"))
    yield Nasty("relation twice.jsonl", lines(pair(one, other)), is_kept=True, says="relation-twice", line=1)
    loop = one | {"tail": "T1"}
    yield Nasty("relation loop.jsonl", lines(pair(loop)), is_kept=True, says="relation-loop", line=1)
    back = {"id": "R2", "label": "x", "head": "T2", "tail": "T1"}
    yield Nasty("relation circle.jsonl", lines(pair(one, back)), is_kept=True)
    fan = [one | {"id": f"r{at}", "label": f"x{at}"} for at in range(5_000)]
    yield Nasty("relations many.jsonl", lines(pair(*fan)), is_kept=True)


# ---- records and files


def _records() -> Iterator[Nasty]:
    own = {"schema": "annotator-jsonl/1", "text": "Ada"}
    for name, record, says in (
        ("without text", {"spans": []}, "record-no-text"),
        ("text null", {"text": None}, "json-value"),
        ("text list", {"text": ["Ada"]}, "json-value"),
        ("spans string", {"text": "Ada", "spans": "none"}, "json-value"),
        ("relations object", {"text": "Ada", "relations": {}}, "json-value"),
        ("schema newer", {"schema": "annotator-jsonl/2", "text": "Ada"}, "json-value"),
        ("schema null", {"schema": None, "text": "Ada"}, "json-value"),
        ("unit unknown", {"text": "Ada", "offset_unit": "furlong"}, "json-value"),
        ("unit astray", {"text": FAMILY, "offset_unit": "utf16", "spans": [span(0, 1)]}, "span-no-place"),
        ("id of another", own | {"id": "0" * 64}, "record-id"),
        ("id of another, foreign", {"text": "Ada", "id": "a" * 64}, "record-id"),
        ("name number", own | {"name": 1}, "json-value"),
        ("author bare", own | {"author": "anna"}, "json-value"),
        ("author nameless", own | {"author": "person: "}, "json-value"),
        ("status other", own | {"status": "perhaps"}, "json-value"),
        ("meta list", own | {"meta": []}, "json-value"),
        ("notes string", own | {"notes": "good"}, "json-value"),
        ("note nameless", own | {"notes": [{"value": "x"}]}, "json-value"),
        ("roles string", own | {"meta": {"roles": "all"}}, "record-roles"),
        ("roles beyond", own | {"meta": {"roles": [{"start": 0, "end": 9, "role": "body"}]}}, "record-roles"),
        ("roles unknown", own | {"meta": {"roles": [{"start": 0, "end": 2, "role": "x"}]}}, "record-roles"),
    ):
        yield Nasty(f"record {name}.jsonl", lines(record), is_kept=False, says=says, line=1)
    yield Nasty("same twice.jsonl", lines(pair(), pair()), is_kept=True, says="record-twice", line=2)
    more = {"text": TEXT, "spans": [span(40, 42)]}
    yield Nasty("same text.jsonl", lines(pair(), more), is_kept=True, says="record-merged", line=2)
    data = lines(pair(author="person:a"), more | {"author": "person:a"})
    yield Nasty("same author.jsonl", data, is_kept=False, says="record-conflict", line=2)
    data = lines({"id": 1, "text": "one"}, {"id": 1, "text": "two"})
    yield Nasty("same id.jsonl", data, is_kept=False, says="record-id-twice", line=2)
    yield Nasty("unknown keys.jsonl", lines({"text": "Ada", "_x": [None, 1.5]}), is_kept=True, says="json-unknown-keys")
    yield Nasty(
        "number ids.jsonl", lines({"text": "Ada", "spans": [span(0, 3, id=5)]}), is_kept=True, says="json-number-ids"
    )


def _forms() -> Iterator[Nasty]:
    good = json.dumps({"text": "Ada Obi."})
    two = [{"text": "Ada"}, {"text": "Obi"}]
    for name, data, says, line in (
        ("truncated", f'{good}\n{{"text": "Ob', "json-cut", 2),
        ("truncated first", f'{{"text": "Ob\n{good}\n{good.replace("Ada", "A")}', "json-cut", 1),
        ("truncated between", f'{{"text": "Ob", "spans": [\n{good}\n', "json-cut", 1),
        ("joined", good + good, "json-extra", 1),
        ("joined by cr", good + "\r" + good, "json-extra", 1),
        ("comma", '{"text": "Ada",}', "json-invalid", 1),
        ("quotes", "{'text': 'Ada'}", "json-invalid", 1),
        ("nan", '{"text": "Ada", "x": NaN}', "json-constant", 1),
        ("infinity", '{"text": "Ada", "x": -Infinity}', "json-constant", 1),
        ("comment", f"# a comment\n{good}", "json-invalid", 1),
        ("scalars", '"Ada"\n5\nnull', "json-not-object", 3),
        ("keys twice", '{"text": "Ada", "text": "Obi"}', "json-key-twice", 1),
        ("keys twice inside", '{"text": "Ada", "meta": {"a": 1, "a": 2}}', "json-key-twice", 1),
        (
            "one of many",
            "".join(f'{{"text": "{at}"}}\n' if at != 700 else "{text}\n" for at in range(1000)),
            "json-invalid",
            701,
        ),
        ("nul", '{"text": "Ada\\u0000Obi"}', "json-nul", 1),
        ("nul in a label", '{"text": "Ada", "spans": [{"start": 0, "end": 1, "label": "\\u0000"}]}', "json-nul", 1),
        ("half a pair", '{"text": "Ada \\ud83d Obi"}', "json-surrogate", 1),
        ("other half", '{"text": "Ada \\uDE00 Obi"}', "json-surrogate", 1),
        ("half in a key", '{"text": "Ada", "\\ud800": 1}', "json-surrogate", 1),
        ("deep", '{"text": "Ada", "meta": ' + '{"a":' * 70 + "1" + "}" * 71, "json-deep", 1),
        ("very deep", '{"text": "Ada", "meta": ' + "[" * 200_000, "json-deep", 1),
        ("deep list", "[" * 100_000 + "]" * 100_000, "json-deep", 1),
        ("digits", '{"text": "Ada", "n": ' + "9" * 5_000 + "}", "json-number", 1),
        ("list cut", '[{"text": "Ada"},\n{"text": "Obi"}', "json-cut", 2),
        ("list with a bad item", '[{"text": "Ada"},\n{"text": 5}]', "json-value", 2),
        ("raw control", '{"text": "a\x01b"}', "json-invalid", 1),
    ):
        yield Nasty(f"form {name}.jsonl", data.encode(), is_kept=False, says=says, line=line)
    for name, data, says in (
        ("no last line end", good, ""),
        ("blank lines", f"\n{good}\n  \n\n", ""),
        ("crlf", good + "\r\n", ""),
        ("separators inside", '{"text": "a\u2028b\u2029c\x85d"}\n', ""),
        ("pair", '{"text": "\\ud83d\\ude00"}', ""),
        ("backslash", '{"text": "\\\\ud83d"}', ""),
        ("mark", "\ufeff" + good, "text-bom"),
        ("spread", json.dumps(two[0], indent=2), "json-spread"),
        ("spread twice", "\n".join(json.dumps(one, indent=2) for one in two), "json-spread"),
        ("list", json.dumps(two), "json-list"),
        ("list spread", json.dumps(two, indent=2), "json-list"),
        ("list a line", '[{"text": "Ada"},\n{"text": "Obi"}\n]\n', "json-list"),
        ("too large a number", '{"text": "Ada", "n": [1e999, -1e999]}', "json-overflow"),
        ("blank text", good + '\n{"text": " "}', "record-blank"),
    ):
        yield Nasty(f"form {name}.jsonl", data.encode(), is_kept=True, says=says)
    yield Nasty("form empty.jsonl", b"", is_kept=False, says="file-no-record")
    yield Nasty("form blank.jsonl", b"\n \n", is_kept=False, says="file-no-record")
    yield Nasty("form no records.jsonl", b"[]", is_kept=False, says="file-no-record")
    utf16 = lines({"text": "Zo\u00eb"}).decode().encode("utf-16")
    yield Nasty("form utf16.jsonl", utf16, is_kept=True, says="text-utf16")
    bad = lines({"text": "Ada"}) + b'{"text": "Zo\xeb"}\n'
    yield Nasty("form latin1.jsonl", bad, is_kept=False, says="text-not-utf8", line=2)


def _foreign() -> Iterator[Nasty]:
    for name, value in (
        ("doccano", {"text": "Ada", "label": [[0, 3, "PER"]]}),
        ("doccano relations", {"text": "Ada", "entities": [{"start_offset": 0}], "relations": []}),
        ("Label Studio", [{"data": {"text": "Ada"}, "annotations": []}]),
        ("GLiNER", [{"tokenized_text": ["Ada"], "ner": []}]),
        ("chat", {"messages": []}),
        ("patterns", {"label": "PER", "pattern": "Ada"}),
    ):
        yield Nasty(f"{name}.jsonl", lines(value), is_kept=False, says="format-foreign")
    task = {"text": "Ada", "_input_hash": 1, "tokens": [], "spans": [span(0, 3, token_start=0, token_end=0)]}
    yield Nasty("Prodigy.jsonl", lines(task), is_kept=True, says="format-prodigy")
    for name, more in (("rejected", {"answer": "reject"}), ("relations", {"relations": [{"head": 0, "child": 1}]})):
        yield Nasty(f"Prodigy {name}.jsonl", lines(task | more), is_kept=False, says="format-prodigy-part", line=1)
    yield Nasty("project.annot", b"SQLite format 3\0" + bytes(84), is_kept=False, says="file-project")
    yield Nasty("project in disguise.txt", b"SQLite format 3\0" + bytes(84), is_kept=False, says="file-project")
    yield Nasty("archive.jsonl.gz", lines({"text": "Ada"}), is_kept=False, says="file-format")
    yield Nasty("page.xml", b"<!DOCTYPE x []><x/>", is_kept=False, says="file-format")
    yield Nasty("no extension", b"Ada", is_kept=True)
    yield Nasty("dots and spaces. ", b"Ada", is_kept=True)
    yield Nasty("no extension but records", lines({"text": "Ada"}), is_kept=True, says="format-by-content")
    yield Nasty("-rf.txt", b"Ada", is_kept=True)
    yield Nasty("new\nline \x1b[31m.txt", b"Ada", is_kept=True)
    yield Nasty("n" * 240 + ".txt", b"Ada", is_kept=True)


ITEMS = [*_texts(), *_spans(), *_relations(), *_records(), *_forms(), *_foreign()]
