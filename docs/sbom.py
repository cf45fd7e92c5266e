"""What the wheel is made of and brings along, as a software bill of materials (CycloneDX 1.6, JSON): `python docs/sbom.py [FILE]`.

In: `pyproject.toml`, `requirements.lock`, what the installed packages say that they need, the files of weights and lists. Out: one
component for each package that a user's installation may hold, with its version of the lock file, and one for each data file with its
SHA-256. The same tree gives the same bytes: there is no clock in it, and the serial number is made from the content.
"""

import hashlib
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "headwater"
DATA = (".onnx", ".json", ".csv", ".txt", ".gz", ".npz", ".bin", ".parquet")
OPTIONAL = ("office", "pandas")
"""extras that a user may install; what developers need is no part of a release"""


@dataclass(frozen=True)
class Packages:
    """The packages that a release needs: version by name, what each needs, and which of them only an extra brings."""

    versions: Mapping[str, str]
    needs: Mapping[str, tuple[str, ...]]
    optional: frozenset[str]


def normal(name: str) -> str:
    """Return a package's name as PyPI compares names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def project() -> dict[str, Any]:
    """Return what `pyproject.toml` says of the project."""
    said: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return said


def locked() -> dict[str, str]:
    """Return the version of every package in the lock file."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").split()
    return {normal(name): version for name, _, version in (line.partition("==") for line in lines)}


def packages() -> Packages:
    """Return all that a release needs, directly or through others."""
    said, versions, needs = project(), locked(), dict[str, tuple[str, ...]]()
    required = set(_with_their_needs(said["dependencies"], needs))
    extras = [line for extra in OPTIONAL for line in said["optional-dependencies"][extra]]
    optional = set(_with_their_needs(extras, needs)) - required
    return Packages({name: versions[name] for name in required | optional}, needs, frozenset(optional))


def _with_their_needs(lines: list[str], needs: dict[str, tuple[str, ...]]) -> Iterator[str]:
    waiting = [Requirement(line) for line in lines]
    seen = set[tuple[str, frozenset[str]]]()
    while waiting:
        wanted = waiting.pop()
        name, extras = normal(wanted.name), frozenset(wanted.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        found = [each for each in map(Requirement, metadata.requires(name) or ()) if _applies(each, extras)]
        needs[name] = tuple(sorted({*needs.get(name, ()), *(normal(each.name) for each in found)}))
        waiting += found
        yield name


def _applies(wanted: Requirement, extras: frozenset[str]) -> bool:
    return wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in extras or {""})


def data_files() -> list[Path]:
    """Return the files of weights and lists that the wheel holds, in order."""
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    left_out = [ROOT / each for each in build["targets"]["wheel"]["exclude"]]
    found = [path for path in sorted(PACKAGE.rglob("*")) if path.suffix in DATA and path.is_file()]
    return [path for path in found if not any(path.is_relative_to(each) for each in left_out)]


def _library(name: str, held: Packages) -> dict[str, Any]:
    licence = metadata.metadata(name).get("License-Expression")
    return {
        "type": "library",
        "bom-ref": _reference(name, held.versions[name]),
        "name": name,
        "version": held.versions[name],
        "scope": "optional" if name in held.optional else "required",
        "purl": _reference(name, held.versions[name]),
    } | ({"licenses": [{"expression": licence}]} if licence else {})


def _reference(name: str, version: str) -> str:
    return f"pkg:pypi/{name}@{version}"


def _file(path: Path) -> dict[str, Any]:
    name = path.relative_to(ROOT / "src").as_posix()
    return {
        "type": "machine-learning-model" if path.suffix == ".onnx" else "data",
        "bom-ref": name,
        "name": name,
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
    }


def bill() -> dict[str, Any]:
    """Return the bill of materials."""
    said, held, files = project(), packages(), [_file(path) for path in data_files()]
    own = _reference(said["name"], said["version"])
    direct = sorted({normal(Requirement(line).name) for line in said["dependencies"]})
    references = {name: _reference(name, version) for name, version in held.versions.items()}
    components = [*(_library(name, held) for name in sorted(held.versions)), *files]
    edges = [{"ref": own, "dependsOn": [*map(references.__getitem__, direct), *(each["bom-ref"] for each in files)]}]
    edges += [
        {"ref": references[name], "dependsOn": [references[each] for each in held.needs[name]]}
        for name in sorted(held.versions)
    ]
    body = {
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": said["name"],
                "version": said["version"],
                "purl": own,
                "licenses": [{"expression": said["license"]}],
            }
        },
        "components": components,
        "dependencies": edges,
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(body, sort_keys=True))
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": f"urn:uuid:{serial}"} | body


def main() -> None:
    """Write the bill beside the wheel, or to a file that is named."""
    said = project()
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / f"{said['name']}-{said['version']}.cdx.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(bill(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(path)


if __name__ == "__main__":
    main()
