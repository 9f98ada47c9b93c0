"""Measures the energy of common machine-learning work on one NVIDIA GPU.

    python3 scripts/measure/gpuEnergy.py OUT.csv [SECONDS [GROUP ...]]

Needs PyTorch, torchvision, transformers, peft and nvidia-ml-py. Every network has random weights of its published shape, so nothing is
downloaded: energy follows shapes and formats, not the values of weights. SECONDS ends the list early. The rows judge the energy model
(`npm run evaluate:energy`); nothing is fitted to them.
"""
import sys
import time

import encoders
import language
import training
import vision
from meter import Meter

SHORT = (1, 128, 96, "generate", {})
BATCHES = [SHORT, (8, 128, 96, "generate", {}), (64, 128, 96, "generate", {})]
UNCACHED = {"use_cache": False}
ONE_B = BATCHES + [(1, 1024, 64, "generate", {}), (1, 1024, 64, "use_cache=False", UNCACHED), (8, 1024, 32, "generate", {}),
                   (8, 1024, 32, "use_cache=False", UNCACHED)]
LONG = [(8, 4096, 48, "generate; cuDNN attention off", {}), (32, 2048, 48, "generate; cuDNN attention off", {})]
PLAIN = [(batch, prompt, new, "generate; cuDNN attention off", options) for batch, prompt, new, _, options in BATCHES]


def idle(meter):
    meter.record("idle", "none", "CUDA context; nothing running", "none", 0, lambda: time.sleep(0.25), 0.25, "second", seconds=4)


GROUPS = {
    "idle": idle,
    "generate-1B": language.generation("meta-llama/Llama-3.2-1B", {"bf16": ONE_B, "fp32": [SHORT, BATCHES[2]]}),
    "generate-3B": language.generation("meta-llama/Llama-3.2-3B", {"bf16": BATCHES}),
    "generate-8B": language.generation("meta-llama/Llama-3.1-8B", {"bf16": BATCHES, "fp32": BATCHES[:2]}),
    "encoders": encoders.formats,
    "train-texts": training.texts,
    "vision": vision.formats,
    "train-pictures": training.pictures,
    "habits": encoders.habits,
    "train-language": training.language,
    "plain-1B": language.without_cudnn_attention(language.generation("meta-llama/Llama-3.2-1B", {"bf16": PLAIN, "fp16": PLAIN[:1]})),
    "plain-8B": language.without_cudnn_attention(language.generation("meta-llama/Llama-3.1-8B", {"bf16": PLAIN})),
    "speech": language.speech,
    "prefill": language.prefill,
    "long-prefill": language.long_prefill,
    "loading": training.loading,
    "plain-14B": language.without_cudnn_attention(language.generation("Qwen/Qwen2.5-14B-Instruct", {"bf16": PLAIN})),
    "plain-3B": language.without_cudnn_attention(language.generation("meta-llama/Llama-3.2-3B", {"bf16": PLAIN[:2]})),
    "long-8B": language.without_cudnn_attention(language.generation("meta-llama/Llama-3.1-8B", {"bf16": LONG})),
    "summarise": language.without_cudnn_attention(language.summarise),
    "detection": vision.detection,
    "double": encoders.double,
    "kernels": training.kernels_searched,
    "compiled": encoders.compiled,
}


def main(path, seconds="600", *names):
    unknown = [name for name in names if name not in GROUPS]
    if unknown:
        sys.exit(f"no group named {', '.join(unknown)}; there are {', '.join(GROUPS)}")
    meter = Meter(path, float(seconds))
    for name in names or GROUPS:
        meter.attempt(name, GROUPS[name])


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
