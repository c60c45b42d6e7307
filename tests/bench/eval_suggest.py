"""Scores the suggestions against JSONL files with hand-made labels: `python tests/bench/eval_suggest.py [-v] FILE...`.

Takes our own JSONL and the minimal record {text, spans, relations}. Strict: same place and label; span only: same
place; partial: same label and overlapping; relations: same label and both ends strictly right.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from annotator.app.sources import load_schema
from annotator.model import Relation, Schema, Span
from annotator.model.weak import WeakHits
from annotator.suggest.config import SuggestConfig
from annotator.suggest.run import suggest_texts

Place = tuple[int, int, str]
Link = tuple[str, Place, Place]

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT / "tests" / "suggest" / "articles").glob("*.jsonl"))


@dataclass
class Labelled:
    """A text with its labels as plain sets."""

    name: str
    text: str
    spans: set[Place] = field(default_factory=set)
    links: set[Link] = field(default_factory=set)
    others: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    """The next best labels of what is suggested, the likeliest first."""
    weak: WeakHits = ()


def read(path: Path, schema: Schema) -> list[Labelled]:
    """The records of a file; relation ends may be ids or positions in the list of spans."""
    found = []
    for number, line in enumerate(path.read_bytes().decode().split("\n"), start=1):
        if line.strip():
            record = json.loads(line)
            places = {}
            for position, span in enumerate(record["spans"]):
                places[span.get("id", position)] = (span["start"], span["end"], span["label"])
            links = {_link(schema, r["label"], places[r["head"]], places[r["tail"]]) for r in record["relations"]}
            name = record.get("name", f"{path.stem}:{number}")
            found.append(Labelled(name, record["text"], set(places.values()), links))
    return found


def suggested(documents: list[Labelled], schema: Schema, model: str | None = None) -> list[Labelled]:
    """What is suggested for these texts."""
    config = SuggestConfig.from_schema(schema, model)
    found = []
    answers = suggest_texts(config, [(str(number), document.text) for number, document in enumerate(documents)])
    for answer in answers:
        if answer.is_last:
            spans = {item.id: (item.start, item.end, item.label) for item in answer.items if isinstance(item, Span)}
            links = {
                _link(schema, item.label, spans[item.head], spans[item.tail])
                for item in answer.items
                if isinstance(item, Relation)
            }
            document = documents[int(answer.document)]
            others = {
                spans[item.id]: tuple(other.label for other in item.alternatives)
                for item in answer.items
                if isinstance(item, Span)
            }
            found.append(Labelled(document.name, document.text, set(spans.values()), links, others, answer.weak))
    return found


def runners_up(golds: list[Labelled], proposals: list[Labelled]) -> Counter[str]:
    """Of the suggestions at the right place with the wrong label (`wrong`): at which place the right label comes.

    `second` and `third` are those that the key for the runner-up mends when pressed once and twice; `none` have no
    other label at all, `later` have others that are wrong too.
    """
    found: Counter[str] = Counter(wrong=0, second=0, third=0, none=0, later=0)
    for gold, proposed in zip(golds, proposals, strict=True):
        right: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        for start, end, label in gold.spans:
            right[start, end].add(label)
        for place in proposed.spans - gold.spans:
            labels = right.get(place[:2])
            if labels:
                ranks = [name in labels for name in proposed.others[place]]
                found["wrong"] += 1
                rank = ("second", "third")[ranks.index(True)] if True in ranks else "later" if ranks else "none"
                found[rank] += 1
    return found


@dataclass
class WeakScore:
    """What the weak hits with at least this score are worth, for the labelled places that no suggestion touches.

    `exact` are on such a place, `named` with its label too, `touching` share a character with one.
    """

    least: float
    hits: int = 0
    exact: int = 0
    named: int = 0
    touching: int = 0
    missed: int = 0

    def add(self, gold: Labelled, proposed: Labelled) -> None:
        missed = [place for place in gold.spans if not any(_touch(place, other) for other in proposed.spans)]
        self.missed += len(missed)
        for hit in proposed.weak:
            if hit.score >= self.least:
                labels = {label for start, end, label in missed if (start, end) == (hit.start, hit.end)}
                self.hits += 1
                self.exact += bool(labels)
                self.named += hit.label in labels
                self.touching += any(_touch(place, (hit.start, hit.end)) for place in missed)

    def __str__(self) -> str:
        shares = [count / max(1, self.hits) for count in (self.exact, self.named, self.touching)]
        return (
            f"weak hits from {self.least:.2f}: {self.hits}, P {shares[0]:.3f} (with label {shares[1]:.3f}, touching "
            f"{shares[2]:.3f})  R {self.exact / max(1, self.missed):.3f} of {self.missed} missed"
        )


def _touch(one: tuple, other: tuple) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _link(schema: Schema, label: str, head: Place, tail: Place) -> Link:
    kind = schema.relation_names.get(label)
    if kind is not None and kind.is_symmetric and tail < head:
        head, tail = tail, head
    return label, head, tail


@dataclass
class Score:
    """Hits, proposals and gold, and what comes of them."""

    hits: int = 0
    proposed: int = 0
    gold: int = 0

    def add(self, hits: int, proposed: int, gold: int) -> None:
        self.hits += hits
        self.proposed += proposed
        self.gold += gold

    @property
    def precision(self) -> float:
        return self.hits / self.proposed if self.proposed else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.proposed + self.gold
        return 2 * self.hits / total if total else 0.0

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  ({self.hits}/{self.proposed}/{self.gold})"
        )


def score(golds: list[Labelled], proposals: list[Labelled]) -> dict[str, Score]:
    """The scores over all documents, and those per label as `strict.LABEL` and `relation.LABEL`."""
    scores: defaultdict[str, Score] = defaultdict(Score)
    for gold, proposed in zip(golds, proposals, strict=True):
        _count(scores, "strict", gold.spans, proposed.spans)
        _count(scores, "span-only", {s[:2] for s in gold.spans}, {s[:2] for s in proposed.spans})
        scores["partial"].add(_overlapping(gold.spans, proposed.spans), len(proposed.spans), len(gold.spans))
        _count(scores, "relations", gold.links, proposed.links)
        for label in sorted({span[2] for span in gold.spans | proposed.spans}):
            view = [{s for s in side.spans if s[2] == label} for side in (gold, proposed)]
            _count(scores, f"strict.{label}", *view)
        for label in sorted({link[0] for link in gold.links | proposed.links}):
            links = [{link for link in side.links if link[0] == label} for side in (gold, proposed)]
            _count(scores, f"relation.{label}", *links)
    return scores


def _count(scores: defaultdict[str, Score], name: str, gold: set, proposed: set) -> None:
    scores[name].add(len(gold & proposed), len(proposed), len(gold))


def _overlapping(gold: set[Place], proposed: set[Place]) -> int:
    free = sorted(gold)
    hits = 0
    for span in sorted(proposed, key=lambda span: (span not in gold, span)):
        rivals = [g for g in free if g[2] == span[2] and g[0] < span[1] and span[0] < g[1]]
        if rivals:
            free.remove(span if span in rivals else rivals[0])
            hits += 1
    return hits


def differences(gold: Labelled, proposed: Labelled) -> list[str]:
    """Each miss (-) and each false proposal (+) in words."""
    marks = [("-", place) for place in gold.spans - proposed.spans]
    marks += [("+", place) for place in proposed.spans - gold.spans]
    lines = [_in_words(sign, place, gold.text) for sign, place in sorted(marks, key=lambda mark: mark[1])]
    links = [("-", link) for link in gold.links - proposed.links] + [
        ("+", link) for link in proposed.links - gold.links
    ]
    for sign, (label, head, tail) in sorted(links, key=lambda mark: mark[1][1]):
        lines.append(
            f"  {sign} {label}({gold.text[head[0] : head[1]]} {head[0]}, {gold.text[tail[0] : tail[1]]} {tail[0]})"
        )
    return lines


def _in_words(sign: str, place: Place, text: str) -> str:
    start, end, label = place
    around = f"{text[max(0, start - 25) : start]}[{text[start:end]}]{text[end : end + 20]}".replace("\n", "¶")
    return f"  {sign} {label:8} {around}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, default=ARTICLES)
    parser.add_argument("-v", "--verbose", action="store_true", help="list every difference")
    parser.add_argument("--schema", default="news")
    parser.add_argument("--model")
    parser.add_argument("--only", help="list differences of this label or relation only")
    args = parser.parse_args()
    schema = load_schema(args.schema)
    golds = [document for path in args.files or ARTICLES for document in read(path, schema)]
    proposals = suggested(golds, schema, args.model)
    for gold, proposed in zip(golds, proposals, strict=True):
        own = score([gold], [proposed])
        print(f"{gold.name:24} strict {own['strict'].f1:.3f}  relations {own['relations'].f1:.3f}")
        if args.verbose:
            print(*[line for line in differences(gold, proposed) if not args.only or args.only in line], sep="\n")
    for name, found in score(golds, proposals).items():
        print(f"{name:22} {found}")
    print("runner-up where the label is wrong:", ", ".join(f"{k} {n}" for k, n in runners_up(golds, proposals).items()))
    for least in (0.1, 0.15, 0.2, 0.3):
        worth = WeakScore(least)
        for gold, proposed in zip(golds, proposals, strict=True):
            worth.add(gold, proposed)
        print(worth)
    counts = Counter(span[2] for document in proposals for span in document.spans)
    print("proposed:", ", ".join(f"{label} {count}" for label, count in counts.most_common()))


if __name__ == "__main__":
    main()
