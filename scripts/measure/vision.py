"""Image networks of torchvision with random weights: formats, batches, memory layout, a detector."""
import torch
import torchvision

from meter import DTYPES, count, free, precision


def formats(meter):
    for name in ("resnet18", "resnet50", "vit_b_16", "convnext_base"):
        for dtype in ("fp32", "fp16"):
            precision(dtype)
            with torch.device("cuda"):
                network = getattr(torchvision.models, name)(weights=None).eval().to(DTYPES[dtype])

            def run(variant, images):
                batch = len(images)
                meter.record("vision", name, variant, dtype, batch, lambda: network(images), batch, "image", count(network))

            with torch.inference_mode():
                for batch in (1, 32, 256):
                    images = torch.rand(batch, 3, 224, 224, device="cuda", dtype=DTYPES[dtype])
                    run("inference_mode", images)
                if name == "resnet50" and dtype == "fp32":
                    torch.backends.cudnn.allow_tf32 = False
                    run("TF32 off", images)
                    precision(dtype)
                if name == "resnet50" and dtype == "fp16":
                    network = network.to(memory_format=torch.channels_last)
                    run("channels_last", images.contiguous(memory_format=torch.channels_last))
            del network
            free()


def detection(meter):
    for dtype in ("fp32", "fp16"):
        precision(dtype)
        with torch.device("cuda"):
            network = torchvision.models.detection.fasterrcnn_resnet50_fpn(weights=None, weights_backbone=None).eval()
        images = [torch.rand(3, 800, 800, device="cuda") for _ in range(4)]

        def step():
            with torch.inference_mode(), torch.autocast("cuda", torch.float16, enabled=dtype == "fp16"):
                network(images)
        meter.record("vision", "fasterrcnn_resnet50_fpn", "800 pixels" if dtype == "fp32" else "800 pixels; autocast", dtype, 4, step, 4,
                     "image", count(network))
        del network
        free()
