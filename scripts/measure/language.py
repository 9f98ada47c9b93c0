"""Text generation by plain Hugging Face `generate`, prefill, and encoder-decoder networks, at published shapes with random weights."""
import torch
import transformers

from meter import DTYPES, count, free, precision

LLAMA = {
    "meta-llama/Llama-3.2-1B": dict(hidden_size=2048, num_hidden_layers=16, num_attention_heads=32, num_key_value_heads=8,
                                    intermediate_size=8192, vocab_size=128256, head_dim=64, tie_word_embeddings=True),
    "meta-llama/Llama-3.2-3B": dict(hidden_size=3072, num_hidden_layers=28, num_attention_heads=24, num_key_value_heads=8,
                                    intermediate_size=8192, vocab_size=128256, head_dim=128, tie_word_embeddings=True),
    "meta-llama/Llama-3.1-8B": dict(hidden_size=4096, num_hidden_layers=32, num_attention_heads=32, num_key_value_heads=8,
                                    intermediate_size=14336, vocab_size=128256, head_dim=128, tie_word_embeddings=False),
}
QWEN = {
    "Qwen/Qwen2.5-14B-Instruct": dict(hidden_size=5120, num_hidden_layers=48, num_attention_heads=40, num_key_value_heads=8,
                                      intermediate_size=13824, vocab_size=152064, tie_word_embeddings=False),
}


def causal(name, dtype):
    shape = dict(max_position_embeddings=8192, bos_token_id=1, eos_token_id=None, pad_token_id=0)
    config = transformers.LlamaConfig(**LLAMA[name], **shape) if name in LLAMA else transformers.Qwen2Config(**QWEN[name], **shape)
    with torch.device("cuda"):
        return transformers.AutoModelForCausalLM.from_config(config, dtype=DTYPES[dtype])


def decode(meter, network, name, dtype, batch, prompt, new, variant="generate", **options):
    ids = torch.randint(10, 30000, (batch, prompt), device="cuda")
    mask = torch.ones_like(ids)

    def generate(tokens):
        network.generate(ids, attention_mask=mask, max_new_tokens=tokens, do_sample=False, **options)

    # One repetition lasts seconds: four tokens warm up what a step needs.
    meter.record("decode", name, variant, dtype, batch, lambda: generate(new), batch * new, "output token", count(network), prompt, new,
                 seconds=2.0, warm=lambda: generate(4))


def generation(name, plan):
    def cases(meter):
        for dtype, lines in plan.items():
            precision(dtype)
            network = causal(name, dtype).eval()
            for batch, prompt, new, variant, options in lines:
                decode(meter, network, name, dtype, batch, prompt, new, variant, **options)
            del network
            free()
    return cases


def without_cudnn_attention(group):
    """PyTorch may take cuDNN's attention for 16-bit decoding and then plans anew for every length of the cache."""
    def cases(meter):
        torch.backends.cuda.enable_cudnn_sdp(False)
        try:
            group(meter)
        finally:
            torch.backends.cuda.enable_cudnn_sdp(True)
    return cases


def prefill(meter):
    name = "meta-llama/Llama-3.1-8B"
    for dtype in ("bf16", "fp32"):
        precision(dtype)
        network = causal(name, dtype).eval()
        for batch, length in ((1, 2048), (8, 1024)):
            ids = torch.randint(10, 30000, (batch, length), device="cuda")
            with torch.inference_mode():
                meter.record("prefill", name, "forward", dtype, batch, lambda: network(ids, use_cache=True, logits_to_keep=1),
                             batch * length, "input token", count(network), length)
        del network
        free()


def long_prefill(meter):
    """Prompts so long that attention between their tokens costs as much as the weights."""
    name = "meta-llama/Llama-3.1-8B"
    precision("bf16")
    network = causal(name, "bf16").eval()
    for length in (8192, 32768, 65536):
        ids = torch.randint(10, 30000, (1, length), device="cuda")
        with torch.inference_mode():
            step = lambda: network(ids, use_cache=True, logits_to_keep=1)
            meter.record("prefill", name, "forward", "bf16", 1, step, length, "input token", count(network), length, warm=step)
    del network
    free()


def summarise(meter):
    """Encoder-decoder: BART large, 512 tokens in, 60 out, greedy."""
    config = transformers.BartConfig(eos_token_id=None, forced_eos_token_id=None, num_beams=1)
    for dtype in ("fp32", "bf16"):
        precision(dtype)
        with torch.device("cuda"):
            network = transformers.BartForConditionalGeneration(config).to(DTYPES[dtype]).eval()
        for batch in (1, 16):
            ids = torch.randint(10, 30000, (batch, 512), device="cuda")
            generate = lambda tokens: network.generate(ids, max_new_tokens=tokens, do_sample=False, num_beams=1)
            meter.record("decode", "facebook/bart-large-cnn", "generate", dtype, batch, lambda: generate(60), batch * 60, "output token",
                         count(network), 512, 60, warm=lambda: generate(4))
        del network
        free()


def speech(meter):
    """Whisper large v3: half a minute of sound through the encoder, then 100 tokens, one at a time with a cache."""
    config = transformers.WhisperConfig(d_model=1280, encoder_layers=32, decoder_layers=32, encoder_attention_heads=20,
                                        decoder_attention_heads=20, encoder_ffn_dim=5120, decoder_ffn_dim=5120, num_mel_bins=128,
                                        vocab_size=51866)
    for dtype in ("fp32", "fp16"):
        precision(dtype)
        with torch.device("cuda"):
            network = transformers.WhisperForConditionalGeneration(config).to(DTYPES[dtype]).eval()
        for batch in (1, 8):
            sound = torch.randn(batch, 128, 3000, device="cuda", dtype=DTYPES[dtype])

            def transcribe(tokens=100):
                with torch.inference_mode():
                    heard = network.model.encoder(sound)
                    token, past = torch.full((batch, 1), 50258, device="cuda"), None
                    for _ in range(tokens):
                        out = network(encoder_outputs=heard, decoder_input_ids=token, past_key_values=past, use_cache=True)
                        past, token = out.past_key_values, out.logits[:, -1:].argmax(-1)
            meter.record("speech", "openai/whisper-large-v3", "30 s of sound; 100 tokens", dtype, batch, transcribe, batch, "clip",
                         count(network), 1500, 100, warm=lambda: transcribe(3))
        del network
        free()
