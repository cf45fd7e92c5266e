"""Rewrite an ONNX file so that it gives the same numbers on every x86-64 processor, and make the probe that goes with it.

ONNX Runtime's softmax adds up a row in as many lanes as a register has, so its last bit differs between AVX2 and AVX-512; int8
scales that are worked out while running then carry that bit into whole steps. Written out as maximum, difference, exponential, sum and
quotient, it is added up in one order everywhere. Usage: `python training/exact.py MODEL.onnx …` (rewrites them where they stand),
`python training/exact.py --probe src/headwater/weights/probe.onnx`.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

AXIS = "softmax_axis"
PROBE_ROWS, PROBE_DEPTH, PROBE_COLUMNS = 4, 64, 32  # as headwater.models.session has them


def spell_out_softmax(model: onnx.ModelProto) -> int:
    """Replace each softmax over the last axis by operators that add in one order; return how many there were."""
    before = list(model.graph.node)
    after = [part for node in before for part in (_spelt_out(node) if node.op_type == "Softmax" else [node])]
    replaced = len([node for node in before if node.op_type == "Softmax"])
    if replaced:
        del model.graph.node[:]
        model.graph.node.extend(after)
        model.graph.initializer.append(numpy_helper.from_array(np.array([-1], np.int64), AXIS))
    return replaced


def _spelt_out(node: onnx.NodeProto) -> Iterator[onnx.NodeProto]:
    """Yield softmax(x) = exp(x - max x) / sum exp(x - max x) as five operators, over the last axis."""
    axis = next((attribute.i for attribute in node.attribute if attribute.name == "axis"), -1)
    if axis != -1:
        raise SystemExit(f"{node.name}: a softmax over axis {axis} is not handled")
    given, made = node.input[0], node.output[0]
    largest, lowered, raised, total = (f"{made}_{part}" for part in ("largest", "lowered", "raised", "total"))
    yield helper.make_node("ReduceMax", [given], [largest], axes=[-1], keepdims=1, name=largest)
    yield helper.make_node("Sub", [given, largest], [lowered], name=lowered)
    yield helper.make_node("Exp", [lowered], [raised], name=raised)
    yield helper.make_node("ReduceSum", [raised, AXIS], [total], keepdims=1, name=total)
    yield helper.make_node("Div", [raised, total], [made], name=f"{made}_share")


def rewrite(path: Path) -> int:
    """Spell out the softmaxes of a file where it stands; return how many there were."""
    model = onnx.load(str(path))
    replaced = spell_out_softmax(model)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString(deterministic=True))
    return replaced


def probe() -> onnx.ModelProto:
    """Return a product of bytes `[4, 64]` with weights `[64, 32]`, all 127: 255 × 127 twice is more than 16 bits hold."""
    weights = numpy_helper.from_array(np.full((PROBE_DEPTH, PROBE_COLUMNS), 127, np.int8), "weights")
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["bytes", "weights"], ["product"], name="product")],
        "probe",
        [helper.make_tensor_value_info("bytes", TensorProto.UINT8, [PROBE_ROWS, PROBE_DEPTH])],
        [helper.make_tensor_value_info("product", TensorProto.INT32, [PROBE_ROWS, PROBE_COLUMNS])],
        [weights],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path, nargs="*", help="files that are rewritten where they stand")
    parser.add_argument("--probe", type=Path, help="where the probe is written")
    arguments = parser.parse_args()
    for path in arguments.models:
        print(f"{path}: {rewrite(path)} softmaxes spelt out")
    if arguments.probe:
        arguments.probe.write_bytes(probe().SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
