"""What transformers 4 makes of the arguments of `from_pretrained` on the way to the quantiser; no weights.

After transformers 4.57 (`modeling_utils.py` and `utils/quantization_config.py`, 2025): `load_in_8bit` and `load_in_4bit` are taken out of the
keyword arguments and become a `BitsAndBytesConfig`; together with a `quantization_config` they raise a ValueError; what is
left of the keyword arguments goes to the model.
"""


class BitsAndBytesConfig:
    def __init__(self, load_in_8bit=False, load_in_4bit=False):
        if load_in_8bit and load_in_4bit:
            raise ValueError("load_in_4bit and load_in_8bit are both True, but only one can be used at the same time")
        self.load_in_8bit = load_in_8bit
        self.load_in_4bit = load_in_4bit

    def __repr__(self):
        return f"BitsAndBytesConfig {sorted(self.__dict__.items())}"


class PreTrainedModel:
    @classmethod
    def from_pretrained(cls, name, *, quantization_config=None, **kwargs):
        flags = {key: kwargs.pop(key, False) for key in ("load_in_8bit", "load_in_4bit")}
        if any(flags.values()):
            if quantization_config is not None:
                raise ValueError("a flag and a quantization_config were given at the same time")
            quantization_config = BitsAndBytesConfig(**flags)
        model = cls()
        model.name, model.quantization_config, model.model_kwargs = name, quantization_config, sorted(kwargs.items())
        return model


class AutoModelForCausalLM(PreTrainedModel):
    pass


class LlamaForCausalLM(PreTrainedModel):
    pass
