import assert from 'node:assert/strict';
import type { LinkFacts } from '../../../src/core/workspace/linkFacts.ts';
import type { ModuleSummary } from '../../../src/core/workspace/moduleSummary.ts';
import { type PackedRequest, RequestPacker, RequestUnpacker } from '../../../src/host/packedRequest.ts';
import { SharedReceiver, SharedSender } from '../../../src/host/sharedParts.ts';
import type { WorkerRequest } from '../../../src/host/workerProtocol.ts';
import { pythonFile, SETTINGS } from './settings.ts';

function summary(path: string): ModuleSummary {
  return { path, language: 'python', exports: {}, handsOn: [], functions: [], classes: [], calls: [], imports: [] };
}

function request(id: number, link?: LinkFacts): WorkerRequest {
  const input = pythonFile(`${id}.py`, 'import torch');
  return { id, kind: 'analyze', input, settings: SETTINGS, ...(link ? { link } : {}) };
}

/** As a thread gets it. */
function crossed(packed: PackedRequest): PackedRequest {
  return structuredClone(packed);
}

describe('requests to a worker', () => {
  const shared = summary('shared.py');
  const imports = { shared: 'shared.py' };
  const links = [
    { summaries: [shared], resolved: { '0.py': imports }, reach: {} },
    {
      summaries: [shared, summary('other.py')],
      resolved: { '1.py': imports },
      reach: { f: { gradients: [], loops: [], parameters: {} } },
    },
  ];

  it('arrive as they were sent, and what they share crosses once', () => {
    const packer = new RequestPacker();
    const unpacker = new RequestUnpacker();
    const packed = [request(0, links[0]), request(1, links[1]), request(2)].map((item) => crossed(packer.pack(item)));
    assert.deepEqual(
      packed.map((item) => unpacker.unpack(item)),
      [request(0, links[0]), request(1, links[1]), request(2)],
    );
    const texts = packed.map((item) => JSON.stringify(item));
    assert.equal(texts.filter((text) => text.includes('"path":"shared.py"')).length, 1);
    assert.equal(texts.filter((text) => text.includes('"undecided"')).length, 1);
  });

  it('that hold no analysis cross as they are', () => {
    assert.deepEqual(new RequestPacker().pack({ id: 1, kind: 'libraries' }), { id: 1, kind: 'libraries' });
  });
});

describe('shared parts', () => {
  it('are forgotten by both sides when there are too many, and cross again', () => {
    const sender = new SharedSender<{ readonly name: string }>(2);
    const receiver = new SharedReceiver<{ readonly name: string }>();
    const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
    const send = (...parts: readonly { readonly name: string }[]): readonly boolean[] => {
      receiver.begin(sender.begin());
      return parts.map((part) => {
        const packed = sender.pack(part);
        assert.deepEqual(receiver.unpack(packed), part);
        return packed.value !== undefined;
      });
    };
    assert.deepEqual(send(a), [true]);
    assert.deepEqual(send(a, b), [false, true]);
    assert.deepEqual(send(c, a), [true, true], 'two were known: all are forgotten');
    assert.deepEqual(send(a), [true]);
    assert.deepEqual(send(a), [false]);
  });

  it('that never came are an error and not another part', () => {
    assert.throws(() => new SharedReceiver().unpack({ id: 7 }), /part 7 of a message is missing/);
  });
});
