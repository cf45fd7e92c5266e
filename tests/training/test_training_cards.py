"""The cards of the weights: what they say is what lies there."""

import json
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

import weightcards
from corpora import PROSE, texts_used
from headwater.stages.spans.vectors import shipped_encoder
from licences import licences
from schedule import StudentSettings
from shipped import read_tokenizer

WEIGHTS = Path(__file__).parents[2] / "src" / "headwater" / "weights"


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A folder of the weights that may be changed; models are links."""
    for name in ("encoder", "spans"):
        (tmp_path / name).mkdir()
        for path in (WEIGHTS / name).iterdir():
            if path.suffix == ".onnx":
                (tmp_path / name / path.name).symlink_to(path)
            else:
                shutil.copy(path, tmp_path / name)
    return tmp_path


def test_cards_are_made_again_as_they_are(weights: Path) -> None:
    """Made again, the cards of the release are the same, byte for byte."""
    before = {path: path.read_bytes() for path in weights.glob("*/CARD.md")}
    for path in before:
        path.unlink()
    weightcards.main(["--weights", str(weights)])
    assert {path: path.read_bytes() for path in before} == before
    weightcards.main(["--weights", str(weights), "--check"])


@pytest.mark.parametrize("name", ["encoder/CARD.md", "spans/NOTICE", "spans/training.json"])
def test_what_went_stale_is_named(weights: Path, name: str) -> None:
    """A card, a notice or a setting that was changed by hand makes the check fail, and the next run puts the card right."""
    path = weights / name
    path.write_text(
        path.read_text(encoding="utf-8").replace("1.0", "0.5").replace("Apache", "apache"), encoding="utf-8"
    )
    with pytest.raises(SystemExit, match=r"stale in .*: .*/(CARD\.md|NOTICE): run `make docs`"):
        weightcards.main(["--weights", str(weights), "--check"])
    weightcards.main(["--weights", str(weights)])
    weightcards.main(["--weights", str(weights), "--check"])


def test_scores_of_another_file_say_so(weights: Path) -> None:
    """Where the model was replaced after it was measured, the card has the new file's hash, and says on which file its scores were."""
    model = weights / "encoder" / "model.onnx"
    model.unlink()
    shutil.copy(WEIGHTS / "spans" / "vectors.onnx", model)
    weightcards.main(["--weights", str(weights)])
    card = (weights / "encoder" / "CARD.md").read_text(encoding="utf-8")
    measured = json.loads((weights / "encoder" / "measured.json").read_text(encoding="utf-8"))["model"]
    assert f"| `{weightcards.sha256(model)}` (5.5 MB) |" in card
    assert f"**Measured on other files than these**, by sha256: `model.onnx` {measured}." in card
    shipped = (WEIGHTS / "encoder" / "CARD.md").read_text(encoding="utf-8")
    same = measured == weightcards.sha256(WEIGHTS / "encoder" / "model.onnx")
    assert ("Measured on other files" in shipped) is not same


def test_weights_that_are_not_there_have_no_card(weights: Path) -> None:
    """Where the encoder's folder was taken away, only the span model's card is made."""
    shutil.rmtree(weights / "encoder")
    weightcards.main(["--weights", str(weights)])
    assert not (weights / "encoder").exists()


def test_every_setting_of_the_student_says_where_it_is_known_from() -> None:
    """`training.json` has each setting that a training of a student takes, with its value and a source."""
    known = json.loads((WEIGHTS / "spans" / "training.json").read_text(encoding="utf-8"))
    assert known.keys() == StudentSettings.__dataclass_fields__.keys()
    assert all(row.keys() == {"value", "known_from"} and row["known_from"] for row in known.values())


def test_texts_of_the_student_are_named_with_their_licences() -> None:
    """The card of the span model names every text that a student learns from, and none that does not ship."""
    card = (WEIGHTS / "spans" / "CARD.md").read_text(encoding="utf-8")
    assert all(f"| {used.name} | {used.what} | {used.licence} |" in card for used in texts_used())
    assert not any(f"| {row.name} |" in card for row in licences() if row not in texts_used())
    assert {used.part for used in texts_used() if used.set == "gum"} == set(PROSE)


def test_vectors_are_those_of_the_encoder() -> None:
    """What the card says of both models' vectors is so on three sentences."""
    agree = json.loads((WEIGHTS / "spans" / "measured.json").read_text(encoding="utf-8"))["vectors_agree"]
    whole = onnxruntime.InferenceSession(str(WEIGHTS / "encoder" / "model.onnx"), providers=["CPUExecutionProvider"])
    tokenizer = read_tokenizer(WEIGHTS / "encoder" / "tokenizer.json")
    same = []
    for sentence in ("The ferry sank off Selmet.", "“It is over,” the mayor said.", "Goats"):
        ids = np.array([tokenizer.encode(sentence).ids])
        states = whole.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
        mean = states.mean(axis=0)
        same.append(bool((mean / np.float32(np.linalg.norm(mean)) == shipped_encoder().vector(sentence)).all()))
    assert same == [agree] * 3
