"""What is handed out holds all the program needs and nothing of the person who built it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from email.parser import HeaderParser
from importlib.util import find_spec
from pathlib import Path

import pytest

from distribute import __version__

ROOT = Path(__file__).resolve().parents[1]
TREE = ["distribute", "templates", "recipients", "pyproject.toml", "README.md", "LICENSE", "config.example.env"]

PRIVATE = {
    ".env": "POSTMARK_SERVER_TOKEN=planted-7731\n",
    "distribute/.env": "POSTMARK_SERVER_TOKEN=planted-7731\n",
    "distribute.db": "planted-7731",
    "distribute.db-wal": "planted-7731",
    "recipients/journalists.csv": "email\nplanted-7731@example.com\n",
    "recipients/2026/journalists.csv": "email\nplanted-7731@example.com\n",
    "recipients/journalists.xlsx": "planted-7731",
    "outbox/planted-7731@example.com.eml": "planted-7731",
    "plans/planted.jsonl": "planted-7731",
}
"""What lies about in the checkout of somebody who works with the program."""

pytestmark = pytest.mark.slow


# ---- building and installing once


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree, lived in: with settings, a ledger, real lists and an outbox."""
    copy = tmp_path_factory.mktemp("lived-in") / "checkout"
    copy.mkdir()
    for name in [*TREE, ".gitignore"]:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            shutil.copy(source, copy / name)
    for name, text in PRIVATE.items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(text)
    return copy


def build(checkout: Path, kind: str) -> Path:
    """The archive that ``python -m build`` makes; skips where there is nothing to build with."""
    if find_spec("build") is None:
        pytest.skip("`build` is not installed here: install the dev group")
    is_here = find_spec("hatchling") is not None
    isolation = ["--no-isolation"] if is_here else []
    out = checkout.parent / kind
    command = [sys.executable, "-m", "build", f"--{kind}", *isolation, "--outdir", str(out), str(checkout)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode and not is_here:
        pytest.skip(f"hatchling is not installed here and could not be fetched: {made.stderr.strip()[-200:]}")
    assert made.returncode == 0, made.stdout + made.stderr
    (archive,) = out.iterdir()
    return archive


@pytest.fixture(scope="module")
def wheel(checkout: Path) -> Path:
    return build(checkout, "wheel")


@pytest.fixture(scope="module")
def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment with the wheel; its dependencies are those of this one."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / f"python{sysconfig.get_config_var('EXE') or ''}"
    pip = [sys.executable, "-m", "pip", f"--python={python}"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    where = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    site = subprocess.run([str(python), "-c", where], capture_output=True, text=True, check=True).stdout.strip()
    here = {sysconfig.get_paths()[name] for name in ("purelib", "platlib")}
    (Path(site) / "dependencies.pth").write_text("\n".join(sorted(here)) + "\n")
    return python


def run(python: Path, folder: Path, *arguments: str) -> str:
    """Standard output of the installed ``distribute`` in ``folder``, in a process without settings or paths of ours."""
    environ = {name: value for name, value in os.environ.items() if name in {"PATH", "SYSTEMROOT", "LANG", "TMPDIR"}}
    command = [str(python.with_name(f"distribute{python.suffix}")), *arguments]
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


# ---- what is in it


def test_the_wheel_holds_the_whole_package(contents: dict[str, bytes]) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "distribute").rglob("*.py")}
    assert {name for name in contents if name.endswith(".py")} == modules
    assert "distribute/py.typed" in contents


def test_the_wheel_holds_every_template_and_phrase(contents: dict[str, bytes]) -> None:
    shipped = {p.relative_to(ROOT).as_posix() for p in (ROOT / "templates").rglob("*") if p.is_file()}
    packed = {name.removeprefix("distribute/") for name in contents if name.startswith("distribute/templates/")}
    assert packed == shipped
    assert {"templates/email/letter.mjml.j2", "templates/locale/fr.po", "templates/social/x.txt.j2"} <= packed


def test_the_wheel_holds_the_vocabulary(contents: dict[str, bytes]) -> None:
    folder = ROOT / "distribute" / "sources" / "vocabulary"
    data = {path.relative_to(ROOT).as_posix() for path in folder.iterdir() if path.suffix == ".toml"}
    assert data
    assert data <= set(contents)


def test_the_wheel_holds_the_examples_byte_for_byte(contents: dict[str, bytes]) -> None:
    origins = {
        "belarus-police.txt": ROOT / "distribute/examples/belarus-police.txt",
        "belarus-police.toml": ROOT / "distribute/examples/belarus-police.toml",
        "config.example.env": ROOT / "config.example.env",
        "invented-journalists.txt": ROOT / "recipients/example.csv",
        "invented-suppressions.txt": ROOT / "recipients/suppressions.csv",
    }
    examples = {name.rpartition("/")[2]: data for name, data in contents.items() if "/examples/" in name}
    assert examples == {name: path.read_bytes() for name, path in origins.items()}


def test_the_wheel_holds_one_package_and_its_metadata(contents: dict[str, bytes]) -> None:
    assert {name.split("/")[0] for name in contents} == {"distribute", f"distribute-{__version__}.dist-info"}


def test_the_metadata_say_what_a_registry_shows(contents: dict[str, bytes]) -> None:
    metadata = HeaderParser().parsestr(contents[f"distribute-{__version__}.dist-info/METADATA"].decode())
    assert (metadata["Name"], metadata["Version"], metadata["License-Expression"]) == ("distribute", __version__, "MIT")
    assert metadata["Requires-Python"] == ">=3.11"
    assert f"distribute-{__version__}.dist-info/licenses/LICENSE" in contents


# ---- what is not


@pytest.mark.parametrize("part", ["tests", "recipients", ".env", ".git", "__pycache__", "outbox", "plans"])
def test_the_wheel_has_no_part_named(contents: dict[str, bytes], part: str) -> None:
    assert [name for name in contents if part in name.split("/")] == []


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".db", ".db-wal", ".eml", ".jsonl", ".pyc"])
def test_the_wheel_has_no_file_that_ends_with(contents: dict[str, bytes], suffix: str) -> None:
    assert [name for name in contents if name.endswith(suffix)] == []


def test_nothing_private_is_in_the_wheel(contents: dict[str, bytes]) -> None:
    assert [name for name, data in contents.items() if b"planted-7731" in data or "planted" in name] == []


def test_nothing_private_is_in_the_source_archive(checkout: Path) -> None:
    with tarfile.open(build(checkout, "sdist")) as archive:
        files = {member.name: archive.extractfile(member) for member in archive.getmembers() if member.isfile()}
        private = [name for name, file in files.items() if file and b"planted-7731" in file.read()]
    assert [name for name in files if "planted" in name] == []
    assert private == []
    assert {f"distribute-{__version__}/recipients/example.csv", f"distribute-{__version__}/PKG-INFO"} <= set(files)


# ---- whether it runs


def test_the_installed_program_is_the_wheel_and_not_this_checkout(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [str(installed), "-I", "-c", "import distribute; print(distribute.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert Path(where.strip()).is_relative_to(installed.parents[1])


def test_the_installed_program_says_its_version(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, "--version").strip() == f"distribute, version {__version__}"


def test_the_installed_program_makes_a_workspace(installed: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, "init", "desk")
    desk = tmp_path / "desk"
    assert (desk / "recipients" / "example.csv").read_bytes() == (ROOT / "recipients" / "example.csv").read_bytes()
    assert (desk / "recipients" / "suppressions.csv").is_file()
    assert "EMAIL_PROVIDER=outbox" in (desk / ".env").read_text(encoding="utf-8")


def test_the_installed_program_does_the_whole_job(installed: Path, tmp_path: Path) -> None:
    """Templates, phrases, vocabulary and examples are found where the wheel put them."""
    assert "Look" in run(installed, tmp_path, "demo")
    (folder,) = tmp_path.glob("distribute-demo-*")
    assert list((folder / "outbox").rglob("*.eml"))
