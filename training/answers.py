"""Store what the shipped weights answer to fixed sentences, for every machine to compare with (`weights/spans/answers.json`).

In: the sentences below, invented for this. Usage, after the weights have changed: `python training/answers.py`.
"""

import json
from dataclasses import asdict
from pathlib import Path

from headwater.stages.spans.answers import answer
from headwater.stages.spans.tagger import shipped
from headwater.stages.spans.vectors import shipped_encoder

TARGET = Path(__file__).parent.parent / "src" / "headwater" / "weights" / "spans" / "answers.json"
SENTENCES = (
    "Rain.",
    "The harbour master said on Monday that two barges sank in the river.",
    "“We lost the pumps first,” Dessa Orrin, who runs the north lock, told the Lowmark Courier.",
    "According to the district clinic, 14 people were treated for smoke and three of them were kept overnight.",
    "No group has claimed responsibility, and the interior ministry would not say whom it suspects.",
    "The agency quoted a military source as saying that the convoy had been halted before the bridge.",
    "He did not rule out that the valve had been opened by hand.",
    "Police in Tarrow deny that shots were fired; residents who spoke by telephone insist they heard at least six",
    "the regional governor said late on thursday the village had been evacuated he gave no figure for the dead",
    "KESTREL BAY (Lowmark Wire) - Negotiators left the talks without a text, two delegates said.",
    "A spokeswoman for the relief committee, Ilse Maran, wrote in a statement carried by Radio Osk that aid would resume "
    "“within days, not weeks”, although the road south of the pass was, by her own account, still mined in four places.",
    "Officials have for years warned that the dam, built in 1961 and raised twice since, would not withstand a flood of the "
    "kind that the survey describes; the survey, first reported by the Morning Ledger and later confirmed by the ministry, "
    "puts the chance of such a flood at one in forty a year, and an engineer who worked on the second raising, and who asked "
    "not to be named because he still advises the operator, said that the figure was, if anything, too low: “Nobody wanted to "
    "hear it then,” he said, “and I am not sure that anybody wants to hear it now.” The operator rejects this. In a letter to "
    "the provincial council, its chairman, Emre Valk, accused the paper of spreading fear, and maintained that the spillways "
    "had been tested in March, in the presence of inspectors, with water at the level that the survey calls dangerous.",
)  # fmt: skip


def main() -> None:
    rows = [asdict(answer(text, shipped(), shipped_encoder())) for text in SENTENCES]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    TARGET.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(rows)} sentences, {sum(len(row['tags']) for row in rows)} words")


if __name__ == "__main__":
    main()
