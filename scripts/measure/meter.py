"""One NVIDIA card's own energy counter around repeated work, and the table that it fills.

Joules are of the device alone (NVML total energy, millijoules), read after a synchronisation on both sides of at least two seconds of
work that follows a warm-up. A case that fails is a row with the error in `note`; the others go on.
"""
import csv
import gc
import time

import pynvml
import torch

FIELDS = ["regime", "model", "params", "variant", "dtype", "batch", "input_tokens", "output_tokens", "unit", "units", "seconds",
          "joules", "watts", "joules_per_unit", "hardware", "software", "note"]
DTYPES = {"fp64": torch.float64, "fp32": torch.float32, "tf32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


class Meter:
    def __init__(self, path, limit_seconds):
        pynvml.nvmlInit()
        self.card = pynvml.nvmlDeviceGetHandleByIndex(0)
        self.started, self.limit = time.time(), limit_seconds
        self.where = dict(hardware=pynvml.nvmlDeviceGetName(self.card), software=software())
        self.file = open(path, "w", newline="")
        self.table = csv.DictWriter(self.file, FIELDS)
        self.table.writeheader()

    def joules(self):
        torch.cuda.synchronize()
        return pynvml.nvmlDeviceGetTotalEnergyConsumption(self.card) / 1000

    def elapsed(self):
        return time.time() - self.started

    def measure(self, step, seconds, warm):
        """Energy (J), time (s) and repetitions of `step` over at least `seconds`, after `warm()`."""
        warm()
        before, began, count = self.joules(), time.time(), 0
        while time.time() - began < seconds:
            step()
            count += 1
            # Work is queued far ahead of the card otherwise, and the loop would overrun.
            if count % 8 == 0:
                torch.cuda.synchronize()
        return self.joules() - before, time.time() - began, count

    def record(self, regime, model, variant, dtype, batch, step, units_per_step, unit, params=0, input_tokens=0, output_tokens=0,
               seconds=2.2, warm=None):
        if self.elapsed() > self.limit:
            return
        row = dict(regime=regime, model=model, params=params, variant=variant, dtype=dtype, batch=batch, input_tokens=input_tokens,
                   output_tokens=output_tokens, unit=unit, **self.where)
        try:
            energy, took, count = self.measure(step, seconds, warm or (lambda: (step(), step())))
            units = count * units_per_step
            row.update(units=units, seconds=round(took, 3), joules=round(energy, 2), watts=round(energy / took, 1),
                       joules_per_unit=f"{energy / units:.6g}")
        except Exception as error:  # noqa: BLE001 - one case must not end the others
            row["note"] = f"{type(error).__name__}: {str(error)[:160]}"
            free()
        self.table.writerow(row)
        self.file.flush()
        print(f"{self.elapsed():6.1f}", *(row.get(key, "") for key in ("regime", "model", "variant", "dtype", "batch", "joules_per_unit",
                                                                      "watts", "note")), flush=True)

    def attempt(self, name, build):
        """Runs one group of cases; a failure in building it is told, and the next group goes on."""
        try:
            if self.elapsed() < self.limit:
                build(self)
        except Exception as error:  # noqa: BLE001
            print(f"{name}: {type(error).__name__}: {error}", flush=True)
        free()


def software():
    try:
        import transformers
    except ImportError:
        return f"torch {torch.__version__}"
    transformers.logging.set_verbosity_error()
    return f"torch {torch.__version__} transformers {transformers.__version__}"


def precision(dtype):
    """TF32 in matrix products only where the case asks; convolutions keep PyTorch's default (TF32 on)."""
    torch.backends.cuda.matmul.allow_tf32 = dtype == "tf32"
    torch.backends.cudnn.allow_tf32 = True


def free():
    gc.collect()
    torch.cuda.empty_cache()


def count(network):
    return sum(weight.numel() for weight in network.parameters())
