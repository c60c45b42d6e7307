"""The search for likely misses in the open document, done while nothing else is to do; and what the project knows."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.analysis.clues import pieces, tokens_of
from annotator.analysis.miss import Memory, Miss
from annotator.analysis.misses import Misses
from annotator.app.events import Changed, Loaded, Opened, Selected, Suggested, Swept
from annotator.model import Fragment, Layer
from annotator.model.items import STATUS_ID
from annotator.store import DocumentRow, Project

if TYPE_CHECKING:
    from annotator.app.session import Session

MOST_DOCUMENTS, MOST_CHARS = 300, 1_000_000
"""So much of the reviewed documents is read to learn what their texts are called."""


class Sweep:
    """The likely misses of the open document.

    `work` does a part of the search and may be called whenever there is time; nothing is shown before it is done.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._misses: Misses | None = None
        self._memory: Memory | None = None
        self.walked: Fragment | None = None
        """The place of the likely miss that one has walked to; a selection made otherwise is none, wherever it is."""
        self._shape: Fragment | None = None
        """What has become of it by moving its boundaries, one at a time."""
        self.is_memory_stale = True
        """Whether other documents have been reviewed since the project's memory was made."""
        for event in (Opened, Loaded):
            session.bus.subscribe(event, self._start)
        session.bus.subscribe(Suggested, self._weigh_anew)
        session.bus.subscribe(Changed, self._follow)
        session.bus.subscribe(Selected, self._leave)

    def work(self, seconds: float) -> bool:
        """Search for about so long; False when the search is over."""
        misses, end = self._misses, time.perf_counter() + seconds
        if misses is None or misses.is_ready:
            return False
        while misses.work():
            if time.perf_counter() >= end:
                return True
        self._session.bus.emit(Swept())
        return False

    @property
    def is_over(self) -> bool:
        return self._misses is None or self._misses.is_ready

    def __len__(self) -> int:
        """How many likely misses there are; none as long as the search is going on, or when the document is done."""
        return len(self._shown) if self._shown is not None else 0

    @property
    def _shown(self) -> Misses | None:
        is_told = self._misses is not None and self._misses.is_ready and self._session.layer.status != "done"
        return self._misses if is_told else None

    @property
    def current(self) -> Miss | None:
        """The likely miss that one has walked to, as long as it is selected."""
        shown = self._shown
        return shown.at(self.walked) if shown is not None and self.walked is not None else None

    def following(self, offset: int) -> Miss | None:
        """The first one after this place, or the first of all."""
        return self._shown.following(offset) if self._shown is not None else None

    def preceding(self, offset: int) -> Miss | None:
        """The last one before this place, or the last of all."""
        return self._shown.preceding(offset) if self._shown is not None else None

    def between(self, start: int, end: int) -> list[Miss]:
        return self._shown.between(start, end) if self._shown is not None else []

    def alike(self, miss: Miss) -> int:
        """How many other likely misses have the very same words."""
        return self._shown.alike(miss) if self._shown is not None else 0

    def usual_label(self, words: str) -> str | None:
        """The label that these words have most often, here and in finished documents, as far as that is known."""
        labels = self._shown.said(words) if self._shown is not None else Counter[str]()
        if not labels:
            labels += self.labels_elsewhere.get(words, Counter())
        return min(labels, key=lambda label: (-labels[label], label), default=None)

    def learn(self, memory: Memory) -> None:
        """Take over what the reviewed documents of the project say."""
        before, self._memory = self._memory, memory
        if self._misses is not None and memory != (before or Memory()):
            self._misses.weigh_anew(self._session.pending, self._session.machine, memory)

    @property
    def is_shaping(self) -> bool:
        """Whether what is selected was a likely miss that one has walked to, and has other boundaries now."""
        return self._shape is not None and self._shape == self._session.selection and self.walked is None

    @property
    def labels_elsewhere(self) -> Mapping[str, Counter[str]]:
        """How often each label stands on which text in the finished documents but this, as far as that is known yet."""
        document, memory = self._session.document, self._memory
        if memory is None or document is None or document.id in memory.documents:
            return {}
        return {**memory.common, **memory.labels}

    @property
    def relations_elsewhere(self) -> Mapping[tuple[str, str, str], int]:
        """How often each relation stands between two labels in the finished documents but this, as far as known."""
        document, memory = self._session.document, self._memory
        is_elsewhere = memory is not None and document is not None and document.id not in memory.documents
        return memory.relations if memory is not None and is_elsewhere else {}

    def _leave(self, event: Selected) -> None:
        before, now = self._shape, event.range
        is_moved = before is not None and now is not None and (before[0] == now[0] or before[1] == now[1])
        if now == self.walked or is_moved:
            self._shape = now
        else:
            self._shape = None
        if now != self.walked:
            self.walked = None

    def _start(self, _event: object) -> None:
        session, memory = self._session, self._memory
        self.walked = self._shape = None
        here = session.document.id if session.document is not None else ""
        if memory is not None and (here in memory.documents or memory.skipped not in ("", here)):
            self.is_memory_stale = True
        self._misses = Misses(
            session.text, session.schema, session.layer, session.pending, session.machine, self._memory
        )

    def _weigh_anew(self, event: Suggested) -> None:
        document = self._session.document
        if self._misses is not None and document is not None and event.document_id == document.id:
            self._misses.weigh_anew(self._session.pending, self._session.machine)

    def _follow(self, event: Changed) -> None:
        if self._misses is None:
            return
        if any(change.key == STATUS_ID for change in event.edit.changes):
            self.is_memory_stale = True
        concerned = self._session.pending.concerned(event.edit)
        if concerned is None:
            self._misses.weigh_anew(self._session.pending, self._session.machine)
        else:
            self._misses.update(event.edit, concerned)


def remember(path: Path, author: str, but: str) -> Memory:
    """What the documents that this author has finished say, without the one that is open.

    Reads the file on a connection of its own, so it may run on any thread. It takes about a second for a million
    characters.
    """
    with Project.open(path, for_writing=False) as project:
        done = [row for row in project.documents(author=author) if row.status == "done"]
        rows = [row for row in done if row.document.id != but]
        return _memory_of(project, author, rows[-MOST_DOCUMENTS:], skipped=but if len(rows) < len(done) else "")


def _memory_of(project: Project, author: str, rows: list[DocumentRow], *, skipped: str) -> Memory:
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    common: defaultdict[str, Counter[str]] = defaultdict(Counter)
    relations: Counter[tuple[str, str, str]] = Counter()
    documents: list[str] = []
    texts: list[str] = []
    left = MOST_CHARS
    for row in reversed(rows):
        text = project.text(row.document.id)
        left -= len(text)
        if left < 0:
            break
        texts.append(text)
        documents.append(row.document.id)
        layer = project.layer(row.document.id, author)
        _count_labels(layer, text, labels, common)
        relations += uses_of_relations(layer)
    times: Counter[str] = Counter()
    by_first = _by_first_word(labels)
    for text in texts:
        _count_times(text, by_first, times)
        time.sleep(0)  # the window's thread may have something to do
    return Memory(dict(labels), times, dict(common), dict(relations), frozenset(documents), skipped)


def uses_of_relations(layer: Layer) -> Counter[tuple[str, str, str]]:
    """How often each relation stands between two labels: (relation, label of its head, label of its tail)."""
    spans = layer.spans
    return Counter((one.label, spans[one.head].label, spans[one.tail].label) for one in layer.relations.values())


def _count_labels(
    layer: Layer, text: str, labels: defaultdict[str, Counter[str]], common: defaultdict[str, Counter[str]]
) -> None:
    for span in layer.spans.values():
        covered = span.covered(text)
        if not span.is_discontinuous:
            has_capital = any(char.upper() == char for char in covered if char.isalpha())
            (labels if has_capital else common)[covered][span.label] += 1


def _by_first_word(labels: defaultdict[str, Counter[str]]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for text in labels:
        for start, end in tokens_of(text, (0, len(text)))[:1]:
            found[text[start:end]].append(text)
    return found


def _count_times(text: str, by_first: dict[str, list[str]], times: Counter[str]) -> None:
    """Count each known text where it stands as whole words."""
    for piece in pieces(text):
        tokens = tokens_of(text, piece)
        ends = {end for _, end in tokens}
        for start, end in tokens:
            for known in by_first.get(text[start:end], ()):
                if start + len(known) in ends and text.startswith(known, start):
                    times[known] += 1
