"""Training steps: formats, optimiser forms, attention, checkpointing, freezing, reading the loss back, and loading that waits."""
import io

import torch
import torch.nn.functional as F
import torchvision

from encoders import bert
from language import causal
from meter import count, free, precision


def trained(meter, model, network, batch, loss_of, variant, dtype, unit, length=0, optimiser=None, amp=None, scaler=False, each=None):
    weights = [weight for weight in network.parameters() if weight.requires_grad]
    optimiser = (optimiser or (lambda these: torch.optim.AdamW(these, lr=1e-4)))(weights)
    scale = torch.amp.GradScaler("cuda") if scaler else None

    def step():
        optimiser.zero_grad()
        with torch.autocast("cuda", amp or torch.bfloat16, enabled=amp is not None):
            loss = loss_of(network)
        if scale:
            scale.scale(loss).backward()
            scale.step(optimiser)
            scale.update()
        else:
            loss.backward()
            optimiser.step()
        if each:
            each(network, loss)
    meter.record("training", model, variant, dtype, batch, step, batch, unit, count(network), length, seconds=2.6)
    network.zero_grad(set_to_none=True)
    free()


def sgd(weights):
    return torch.optim.SGD(weights, lr=0.01, momentum=0.9)


def pictures(meter):
    for name, batch in (("resnet50", 128), ("vit_b_16", 64), ("resnet18", 128)):
        precision("fp32")
        with torch.device("cuda"):
            network = getattr(torchvision.models, name)(weights=None).train()
        images = torch.rand(batch, 3, 224, 224, device="cuda")
        labels = torch.randint(0, 1000, (batch,), device="cuda")

        def run(variant, dtype, **more):
            trained(meter, name, network, batch, lambda model: F.cross_entropy(model(images), labels), variant, dtype, "image",
                    optimiser=sgd, **more)
        run("plain", "fp32")
        run("autocast bf16", "bf16", amp=torch.bfloat16)
        if name == "vit_b_16":
            precision("tf32")
            run("TF32 products", "tf32")
        if name == "resnet50":
            run("autocast fp16 with scaler", "fp16", amp=torch.float16, scaler=True)
            torch.backends.cudnn.allow_tf32 = False
            run("TF32 off", "fp32")
            precision("fp32")
            network, images = network.to(memory_format=torch.channels_last), images.contiguous(memory_format=torch.channels_last)
            run("channels_last autocast bf16", "bf16", amp=torch.bfloat16)
            network.requires_grad_(False)
            network.fc.requires_grad_(True)
            run("only the last layer trains; autocast bf16", "bf16", amp=torch.bfloat16)
        del network
        free()


def kernels_searched(meter):
    """cudnn.benchmark on a network of fixed size."""
    for searched in (False, True):
        torch.backends.cudnn.benchmark = searched
        with torch.device("cuda"):
            network = torchvision.models.resnet50(weights=None).train()
        images, labels = torch.rand(128, 3, 224, 224, device="cuda"), torch.randint(0, 1000, (128,), device="cuda")
        trained(meter, "resnet50", network, 128, lambda model: F.cross_entropy(model(images), labels),
                f"autocast fp16 with scaler; cudnn.benchmark {searched}", "fp16", "image", optimiser=sgd, amp=torch.float16, scaler=True)
        del network
        free()
    torch.backends.cudnn.benchmark = False


def texts(meter):
    name, batch, length = "bert-base-uncased", 32, 128
    bf16 = torch.bfloat16

    def run(variant, dtype, network, batch=batch, length=length, **more):
        ids, labels = torch.randint(10, 30000, (batch, length), device="cuda"), torch.randint(0, 2, (batch,), device="cuda")
        trained(meter, name, network, batch, lambda model: model(ids, labels=labels).loss, variant, dtype, "text", length, **more)

    precision("fp32")
    network = bert(name, "fp32", head=True).train()
    run("plain", "fp32", network)
    precision("tf32")
    run("TF32 products", "tf32", network)
    precision("fp32")
    run("autocast bf16", "bf16", network, amp=bf16)
    run("autocast fp16 with scaler", "fp16", network, amp=torch.float16, scaler=True)
    run("autocast bf16; fused AdamW", "bf16", network, amp=bf16, optimiser=lambda w: torch.optim.AdamW(w, lr=1e-4, fused=True))
    run("autocast bf16; AdamW in a loop", "bf16", network, amp=bf16, optimiser=lambda w: torch.optim.AdamW(w, lr=1e-4, foreach=False))
    run("autocast bf16; loss read every step", "bf16", network, amp=bf16, each=lambda _, loss: loss.item())
    run("autocast bf16; norms of 100 gradients read", "bf16", network, amp=bf16,
        each=lambda model, _: [float(weight.grad.norm()) for weight in list(model.parameters())[:100] if weight.grad is not None])
    run("autocast bf16; empty_cache every step", "bf16", network, amp=bf16, each=lambda *_: torch.cuda.empty_cache())
    network.gradient_checkpointing_enable()
    run("autocast bf16; checkpointing", "bf16", network, amp=bf16)
    network.gradient_checkpointing_disable()
    network.bert.requires_grad_(False)
    run("autocast bf16; encoder frozen", "bf16", network, amp=bf16)
    for kind in ("sdpa", "eager"):
        network = bert(name, "fp32", head=True, attn_implementation=kind).train()
        run(f"autocast bf16; {kind} attention", "bf16", network, 8, 512, amp=bf16)
        if kind == "eager":
            run("autocast bf16; eager attention", "bf16", network, amp=bf16)


def language(meter):
    name = "meta-llama/Llama-3.2-1B"
    ids = torch.randint(10, 30000, (4, 1024), device="cuda")

    def run(variant, dtype, network, **more):
        trained(meter, name, network, 4, lambda model: model(ids, labels=ids, use_cache=False).loss, variant, dtype, "sequence", 1024,
                **more)

    precision("bf16")
    network = causal(name, "bf16").train()
    run("plain", "bf16", network)
    network.gradient_checkpointing_enable()
    run("checkpointing", "bf16", network)
    network.gradient_checkpointing_disable()
    import peft
    tuned = peft.get_peft_model(network, peft.LoraConfig(r=16, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM"))
    run("LoRA", "bf16", tuned)
    del tuned, network
    free()
    precision("fp32")
    network = causal(name, "fp32").train()
    run("plain", "fp32", network)
    run("autocast bf16", "bf16", network, amp=torch.bfloat16)
    precision("tf32")
    run("TF32 products", "tf32", network)


class Photographs(torch.utils.data.Dataset):
    """JPEG files in memory, decoded and cropped as for ImageNet: the processor's work for each picture of a usual training."""

    def __init__(self, length):
        from PIL import Image
        buffer = io.BytesIO()
        noise = torch.randint(0, 255, (47, 63, 3), dtype=torch.uint8).numpy()
        Image.fromarray(noise).resize((500, 375)).save(buffer, "JPEG", quality=90)
        self.bytes, self.length = buffer.getvalue(), length
        ops = torchvision.transforms
        self.transform = ops.Compose([ops.RandomResizedCrop(224), ops.RandomHorizontalFlip(), ops.ToTensor(),
                                      ops.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        from PIL import Image
        return self.transform(Image.open(io.BytesIO(self.bytes)).convert("RGB")), index % 1000


def loading(meter):
    """One pass over photographs with a loader in the loop: what the card draws while it waits counts."""
    with torch.device("cuda"):
        network = torchvision.models.resnet50(weights=None).train()
    optimiser = sgd(network.parameters())
    for workers, pinned, batches in ((0, False, 8), (4, False, 24), (14, False, 64), (14, True, 64)):
        loader = torch.utils.data.DataLoader(Photographs(128 * batches), batch_size=128, num_workers=workers, pin_memory=pinned)

        def step():
            for images, labels in loader:
                optimiser.zero_grad()
                with torch.autocast("cuda", torch.bfloat16):
                    loss = F.cross_entropy(network(images.cuda(non_blocking=pinned)), labels.cuda(non_blocking=pinned))
                loss.backward()
                optimiser.step()
        meter.record("training", "resnet50", f"autocast bf16; photographs; num_workers={workers}; pin_memory={pinned}", "bf16", 128, step,
                     128 * batches, "image", count(network), seconds=1.0, warm=lambda: None)
