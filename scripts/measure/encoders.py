"""Text encoders of published shapes with random weights: formats, batches, lengths, and habits around the forward pass."""
import torch
import transformers

from meter import DTYPES, count, free, precision

ENCODERS = {
    "sentence-transformers/all-MiniLM-L6-v2": dict(hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536),
    "bert-base-uncased": dict(hidden_size=768, num_hidden_layers=12, num_attention_heads=12, intermediate_size=3072),
    "bert-large-uncased": dict(hidden_size=1024, num_hidden_layers=24, num_attention_heads=16, intermediate_size=4096),
}


def bert(name, dtype, head=False, **more):
    config = transformers.BertConfig(**ENCODERS[name], vocab_size=30522, **more)
    kind = transformers.BertForSequenceClassification if head else transformers.BertModel
    with torch.device("cuda"):
        return kind(config).to(DTYPES[dtype])


def formats(meter):
    for name in ENCODERS:
        for dtype in ("fp32", "bf16"):
            precision(dtype)
            network = bert(name, dtype).eval()
            for batch, length in ((1, 128), (32, 128), (256, 128), (32, 512)):
                ids = torch.randint(10, 30000, (batch, length), device="cuda")
                with torch.inference_mode():
                    meter.record("encoder", name, "inference_mode", dtype, batch, lambda: network(ids), batch, "text", count(network),
                                 length)
            del network
            free()


def habits(meter):
    name = "bert-base-uncased"
    ids = torch.randint(10, 30000, (32, 128), device="cuda")

    def run(variant, dtype, step, texts=32, batch=32, length=128):
        meter.record("encoder", name, variant, dtype, batch, step, texts, "text", size, length)

    def under(context, network, texts=ids):
        def step():
            with context():
                return network(texts)
        return step

    def autocast():
        with torch.inference_mode(), torch.autocast("cuda", torch.bfloat16):
            full(ids)

    full = bert(name, "fp32").eval()
    size = count(full)
    precision("tf32")
    run("inference_mode", "tf32", under(torch.inference_mode, full))
    precision("fp32")
    run("autocast bf16", "fp32", autocast)
    run("gradients recorded", "fp32", lambda: full(ids))
    run("no_grad", "fp32", under(torch.no_grad, full))
    half = bert(name, "bf16").eval()
    run("gradients recorded", "bf16", lambda: half(ids))

    def one_by_one():
        for row in range(32):
            half(ids[row:row + 1])
    with torch.inference_mode():
        run("one by one", "bf16", one_by_one, batch=1)
        run("read back every batch", "bf16", lambda: half(ids).last_hidden_state.sum().item())
        padding(run, half)


def padding(run, network):
    """256 texts of 16 to 128 tokens and one of 512: padded to 512, to the longest of the batch, or sorted by length first."""
    lengths = [16 * (1 + index % 8) for index in range(255)] + [512]
    padded = torch.randint(10, 30000, (256, 512), device="cuda")

    def in_batches(order, pad):
        for start in range(0, 256, 32):
            part = order[start:start + 32]
            width = pad or max(lengths[index] for index in part)
            mask = torch.zeros(32, width, dtype=torch.long)
            for row, index in enumerate(part):
                mask[row, :lengths[index]] = 1
            network(padded[start:start + 32, :width], attention_mask=mask.cuda())

    everything = list(range(256))
    run("padded to 512", "bf16", lambda: in_batches(everything, 512), 256, length=512)
    run("padded to the longest", "bf16", lambda: in_batches(everything, 0), 256, length=512)
    by_length = sorted(everything, key=lengths.__getitem__)
    run("sorted by length", "bf16", lambda: in_batches(by_length, 0), 256, length=512)


def double(meter):
    name = "bert-base-uncased"
    network = bert(name, "fp64").eval()
    ids = torch.randint(10, 30000, (32, 128), device="cuda")
    with torch.inference_mode():
        meter.record("encoder", name, "inference_mode", "fp64", 32, lambda: network(ids), 32, "text", count(network), 128)


def compiled(meter):
    name = "bert-base-uncased"
    precision("bf16")
    network = bert(name, "bf16").eval()
    ids = torch.randint(10, 30000, (32, 128), device="cuda")
    with torch.inference_mode():
        fast = torch.compile(network)
        meter.record("encoder", name, "torch.compile", "bf16", 32, lambda: fast(ids), 32, "text", count(network), 128)
        small, faster = ids[:1].clone(), torch.compile(network, mode="reduce-overhead")
        meter.record("encoder", name, "torch.compile reduce-overhead", "bf16", 1, lambda: faster(small), 1, "text", count(network), 128)
