# stand-in: transformers
import transformers
from transformers import AutoModelForCausalLM

name = "mistralai/Mistral-7B-v0.3"
half = AutoModelForCausalLM.from_pretrained(name, device_map="auto", load_in_8bit=True)
quarter = transformers.LlamaForCausalLM.from_pretrained(
    name,
    load_in_8bit=False,
    load_in_4bit=True,
    trust_remote_code=True,
)
for model in (half, quarter):
    print(model.name, model.quantization_config, model.model_kwargs)
