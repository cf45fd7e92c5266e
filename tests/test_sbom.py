"""The bill of materials names all that a release is made of, by versions and sums that can be checked."""

import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "docs" / "sbom.py"


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The bill as the command writes it."""
    path = tmp_path_factory.mktemp("sbom") / "bill.json"
    subprocess.run([sys.executable, str(SCRIPT), str(path)], check=True, capture_output=True)
    said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return said


def plain(name: str) -> str:
    """Return a package's name as PyPI compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_runtime_dependency_is_named(bill: dict[str, Any]) -> None:
    """All of `dependencies`, and those of the extras for users, at the version of the lock file; nothing that only developers need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *project["optional-dependencies"]["office"],
        *project["optional-dependencies"]["pandas"],
    ]
    wanted = {plain(re.match(r"[\w.-]+", line)[0]) for line in lines}  # type: ignore[index]
    locked = {
        plain(name): version
        for name, _, version in (line.partition("==") for line in (ROOT / "requirements.lock").read_text().split())
    }
    found = {each["name"]: each["version"] for each in bill["components"] if each["type"] == "library"}
    assert wanted - set(found) == set()
    assert found == {name: locked[name] for name in found}
    assert not {"pytest", "mypy", "ruff", "playwright", "hypothesis"} & set(found)


def test_what_dependencies_need_is_named_too(bill: dict[str, Any]) -> None:
    """Every edge leads to a component, and every component is reached from the project or by an extra."""
    names = {each["bom-ref"] for each in bill["components"]}
    edges = {each["ref"]: each["dependsOn"] for each in bill["dependencies"]}
    assert {end for ends in edges.values() for end in ends} <= names
    reached, waiting = set[str](), [bill["metadata"]["component"]["bom-ref"]]
    while waiting:
        if (name := waiting.pop()) not in reached:
            reached.add(name)
            waiting += edges.get(name, [])
    left = {each["name"] for each in bill["components"] if each["bom-ref"] not in reached}
    assert {each["name"] for each in bill["components"] if each.get("scope") == "optional"} >= left
    assert {"h11", "markupsafe", "idna"} <= {each["name"] for each in bill["components"] if each["bom-ref"] in reached}


def test_weights_have_their_sums(bill: dict[str, Any]) -> None:
    """Each file of weights that the wheel holds, with the SHA-256 of its bytes, which for models is also that of their card."""
    files = {each["name"]: each["hashes"][0] for each in bill["components"] if "hashes" in each}
    weights = ROOT / "src/headwater/weights/spans"
    models = {path.name for path in (*weights.glob("*.onnx"), *weights.parent.glob("*.onnx"))}
    assert models == {Path(name).name for name in files if name.endswith(".onnx")}
    for name, given in files.items():
        assert given == {"alg": "SHA-256", "content": hashlib.sha256((ROOT / "src" / name).read_bytes()).hexdigest()}
    card = (weights / "CARD.md").read_text(encoding="utf-8")
    assert all(files[name]["content"] in card for name in files if name.endswith("spans/model.onnx"))


def test_the_form_is_that_of_cyclonedx(bill: dict[str, Any]) -> None:
    """What the specification asks of every bill and component; references are unique."""
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    references = [each["bom-ref"] for each in bill["components"]]
    assert len(references) == len(set(references))
    assert all({"type", "name", "bom-ref"} <= set(each) for each in bill["components"])


def test_the_same_tree_gives_the_same_bill(bill: dict[str, Any]) -> None:
    """There is no clock and no chance in it."""
    spec = importlib.util.spec_from_file_location("sbom", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["sbom"] = module
    spec.loader.exec_module(module)
    assert module.bill() == bill
