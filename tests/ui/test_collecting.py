"""Garbage is collected at rest; what a document consists of is left out of the passes while it is open."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from annotator.ui.collecting import TOO_MANY, WORTH_A_PASS, Collecting, set_aside


class Knot:
    """Holds itself: a reference count alone never frees it."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def collecting(qapp: object) -> Iterator[Collecting]:
    gc.collect()
    made = Collecting(lambda: False)
    yield made
    made.stop()
    gc.collect()


def knot_that_is_lost() -> weakref.ref[Knot]:
    return weakref.ref(Knot())


def work(objects: int) -> list[list[int]]:
    """Make objects that stay."""
    return [[] for _ in range(objects)]


def test_python_starts_no_pass_amid_work(collecting: Collecting) -> None:
    lost = knot_that_is_lost()
    kept = work(50_000)
    assert lost() is not None
    assert len(kept) == 50_000


def test_a_pass_waits_until_the_program_rests(collecting: Collecting) -> None:
    lost = knot_that_is_lost()
    kept = work(2 * WORTH_A_PASS)
    collecting.look()
    assert lost() is not None, "there was work since the last look"
    collecting.look()
    assert lost() is None, "nothing has happened since: time for a pass"
    assert kept


def test_a_few_objects_are_not_worth_a_pass(collecting: Collecting) -> None:
    lost = knot_that_is_lost()
    collecting.look()
    collecting.look()
    assert lost() is not None


def test_memory_does_not_grow_without_end_while_somebody_works_on(collecting: Collecting) -> None:
    lost = knot_that_is_lost()
    kept = work(TOO_MANY)
    collecting.look()
    assert lost() is None
    assert kept


def test_no_pass_is_made_while_a_document_is_loading(qapp: object) -> None:
    loading = [True]
    made = Collecting(lambda: bool(loading))
    try:
        lost = knot_that_is_lost()
        kept = work(TOO_MANY)
        made.look()
        made.look()
        assert lost() is not None
        loading.clear()
        made.look()
        assert lost() is None
        assert kept
    finally:
        made.stop()


def test_what_is_set_aside_is_not_gone_through_and_still_freed_by_reference_counts(collecting: Collecting) -> None:
    document = work(10_000)
    set_aside()
    before = gc.get_freeze_count()
    assert before >= 10_000
    del document
    assert gc.get_freeze_count() <= before - 10_000


def test_the_pass_after_a_window_is_gone_looks_at_what_was_set_aside(collecting: Collecting) -> None:
    lost = knot_that_is_lost()
    set_aside()
    collecting.look()
    collecting.look()
    assert lost() is not None, "set aside: no pass sees it"
    collecting.expect_garbage()
    collecting.look()
    assert lost() is None


def test_nothing_is_set_aside_while_python_collects_by_itself() -> None:
    before = gc.get_freeze_count()
    set_aside()
    assert gc.get_freeze_count() == before


def test_passes_are_given_back(qapp: object) -> None:
    made = Collecting(lambda: False)
    assert not gc.isenabled()
    made.stop()
    assert gc.isenabled()
