import assert from 'node:assert/strict';
import { rules } from '../../rules/registry.ts';
import { project, removeProjects } from './support/project.ts';

const SERVICE = `from fastapi import FastAPI
from transformers import AutoModelForCausalLM

app = FastAPI()


@app.post("/answer")
def answer(text: str):
    model = AutoModelForCausalLM.from_pretrained("models/own")
    return model.generate(text)
`;

function llama(hidden: number, layers: number): string {
  return JSON.stringify({
    model_type: 'llama',
    hidden_size: hidden,
    num_hidden_layers: layers,
    num_attention_heads: 32,
    intermediate_size: 4 * hidden,
    vocab_size: 32_000,
    torch_dtype: 'float16',
  });
}

describe('a model that the workspace holds', () => {
  afterEach(removeProjects);

  it('is estimated by its own configuration, not by a default', async () => {
    const yearly = async (config: string): Promise<number> => {
      const folder = project({ 'app.py': SERVICE, 'models/own/config.json': config });
      const { stdout } = await folder.run(['check', 'app.py', '--format', 'json'], { rules });
      const { findings } = JSON.parse(stdout) as {
        readonly findings: readonly {
          readonly ruleId: string;
          readonly impact?: { readonly energyPerYear: { readonly mid: number } };
        }[];
      };
      return findings.find(({ ruleId }) => ruleId === 'model-load-per-call')?.impact?.energyPerYear.mid ?? 0;
    };
    const [small, large] = [await yearly(llama(2048, 16)), await yearly(llama(4096, 32))];
    assert.ok(small > 0 && large > 3 * small, `${small} and ${large}`);
  });
});
