"""A torch module in, one int8 ONNX file out, the same bytes every time.

Weights become int8, per output channel for the matrices; activations are quantised while running; softmaxes are
spelt out, so that every processor gives the same numbers (`exact.py`). The names that a
tracer leaves in the graph hold source lines and paths of the machine it ran on, so they are taken out.
"""

import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

from exact import rewrite

OPSET = 17


def export_int8(module: nn.Module, target: Path, *, outputs: list[str]) -> None:
    """Write `module(input_ids, attention_mask)` to `target` as int8. All outputs are `[batch, length, …]`."""
    with tempfile.TemporaryDirectory() as folder:
        full, shaped = Path(folder) / "full.onnx", Path(folder) / "shaped.onnx"
        export_fp32(module, full, outputs=outputs)
        quant_pre_process(str(full), str(shaped), skip_symbolic_shape=True)
        quantize_dynamic(str(shaped), str(target), per_channel=True, weight_type=QuantType.QInt8)
    strip_traces(target)
    rewrite(target)


def export_fp32(module: nn.Module, target: Path, *, outputs: list[str]) -> None:
    """Write the module unquantised: the yardstick that the int8 file is compared with."""
    ids = torch.ones((2, 8), dtype=torch.int64)
    names = ["input_ids", "attention_mask"]
    axes = {name: {0: "batch", 1: "length"} for name in names + outputs}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of its own age
        torch.onnx.export(
            module.eval(), (ids, ids), str(target), input_names=names, output_names=outputs,
            dynamic_axes=axes, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
    strip_traces(target)


def strip_traces(path: Path) -> None:
    """Take out what describes the machine and not the model, and the versions of operator sets that it does not use."""
    model = onnx.load(str(path))
    model.doc_string = ""
    used = {node.domain for node in model.graph.node}
    kept = [domain for domain in model.opset_import if domain.domain in used]
    del model.opset_import[:]
    model.opset_import.extend(kept)
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    path.write_bytes(model.SerializeToString(deterministic=True))
