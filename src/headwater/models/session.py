"""weights (ONNX bytes) → a session that gives the same numbers, bit for bit, on every x86-64 processor with AVX2.

Two things differ between processors, and both are settled here and in the files (`docs/decisions/0014`):

* Where there is no VNNI, products of unsigned and signed bytes are added in 16 bits, which overflow without a word. ONNX
  Runtime's entry `session.x64quantprecision` takes another way there, exact and half as fast. Whether a processor needs
  it is found out by multiplying two small matrices, and not by asking for its name: `overflows`.
* The sum in a softmax is added up in another order where registers are wider. The files therefore spell it out in
  operators that add in one order everywhere (`training/exact.py`).
"""

from functools import cache
from importlib import resources

import numpy as np
import onnxruntime

PROBE_ROWS, PROBE_DEPTH, PROBE_COLUMNS = 4, 64, 32
"""shape of the product in `weights/probe.onnx`: bytes `[rows, depth]` by weights `[depth, columns]`, all of them 127"""


def new_session(model: bytes) -> onnxruntime.InferenceSession:
    """Return a session over a model's bytes that multiplies exactly: one thread, since processes share the work, and quiet."""
    return _started(model, exact=overflows())


@cache
def overflows() -> bool:
    """Tell whether products of bytes overflow on this processor unless they are asked for exactly."""
    probe = (resources.files("headwater") / "weights" / "probe.onnx").read_bytes()
    product = _started(probe, exact=False).run(None, {"bytes": np.full((PROBE_ROWS, PROBE_DEPTH), 255, np.uint8)})[0]
    return bool((product != 255 * 127 * PROBE_DEPTH).any())


def _started(model: bytes, *, exact: bool) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if exact:
        options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
