import type { ClassDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { ExternalOwner } from '../../src/core/semantics/value.ts';
import { callsPerSample, isMapDataset, methodOf } from '../shared/datasetClasses.ts';

/** What a data set does for each sample. `decodes`: reads or decodes a file; `transforms`: augments pictures that are in memory. */
export interface SampleWork {
  readonly kind: 'decodes' | 'transforms';
  /** What shows it: the class, or the data set of the library. */
  readonly name: string;
}

/** Data sets of torchvision whose pictures lie in files. */
const FILES =
  /^torchvision\.datasets\.(ImageFolder|DatasetFolder|Coco\w+|VOC\w+|Places365|ImageNet|Imagenette|Food101|CelebA|Flowers102|OxfordIIITPet|StanfordCars|FGVCAircraft|Caltech\w+|Cityscapes|LSUN\w*|SUN397|Country211|EuroSAT|DTD|GTSRB|Flickr\w+|INaturalist|Kinetics|UCF101|HMDB51|WIDERFace)$/;
/** Data sets that hold all pictures in memory. */
const IN_MEMORY = /^torchvision\.datasets\.(CIFAR10|CIFAR100|SVHN|STL10)$/;
/** Transforms that cost more than a conversion. */
const COSTLY =
  /Random(Crop|ResizedCrop|Rotation|Affine|Perspective|Erasing)|Resize|ColorJitter|AutoAugment|RandAugment|TrivialAugment|GaussianBlur|ElasticTransform/;
const WRAPPERS = /^torch\.utils\.data\.(dataset\.)?(Subset|ConcatDataset)$/;
const MOST_STEPS = 4;
const STORED = /^(builtins\.open|pathlib\.Path\.read_text)$/;
const HANDLES = /^(h5py\.File|lmdb\.open|tables\.open_file|sqlite3\.connect|zipfile\.ZipFile|builtins\.open)$/;
const ON_DEVICE = /(^|\.)(cuda|to)$/;

export function sampleWork(program: Program, dataset: Expression, steps = 0): SampleWork | undefined {
  if (steps > MOST_STEPS) return undefined;
  const works = program.values(dataset).map((value) => {
    if (value.kind === 'object') return workOfClass(program, value.definition);
    if (value.kind === 'externalObject') return workOfExternal(program, value);
    if (value.kind !== 'instance' || value.call === undefined) return undefined;
    const made = program.callOf(value.call);
    return made && workOfCall(program, made, steps);
  });
  const [first] = works;
  return works.every((work) => work !== undefined) ? first : undefined;
}

function workOfCall(program: Program, made: Call, steps: number): SampleWork | undefined {
  const name = made.name ?? '';
  const label = name.split('.').at(-1) ?? name;
  if (FILES.test(name)) return { kind: 'decodes', name: label };
  if (IN_MEMORY.test(name)) return hasCostlyTransform(program, made) ? { kind: 'transforms', name: label } : undefined;
  const [inner] = made.node.args;
  if (!WRAPPERS.test(name) || inner === undefined) return undefined;
  const parts = inner.value.kind === 'sequence' ? inner.value.elements : [inner.value];
  const works = parts.map((part) => sampleWork(program, part, steps + 1));
  return works.every((work) => work !== undefined) ? works[0] : undefined;
}

function hasCostlyTransform(program: Program, made: Call): boolean {
  const transform = made.argument('transform');
  const written =
    transform.kind === 'known' ? transform.value : made.node.args.find(({ name }) => name === 'transform')?.value;
  if (written === undefined) return false;
  const origin = program.origin(written);
  return COSTLY.test(program.text(written)) || (origin !== undefined && COSTLY.test(program.text(origin.node)));
}

function workOfClass(program: Program, definition: ClassDefinition): SampleWork | undefined {
  if (!isMapDataset(program, definition) || keepsHandles(program, definition)) return undefined;
  const calls = callsPerSample(program, definition);
  const decodes = calls.some((call) => call.api?.roles.includes('file-read') === true && !isStored(call));
  return decodes ? { kind: 'decodes', name: definition.name ?? 'the data set' } : undefined;
}

/** A class of another file, as far as its summary tells. */
function workOfExternal(program: Program, owner: ExternalOwner): SampleWork | undefined {
  const { name, calls, members } = owner.definition;
  const perSample = calls?.['__getitem__'] ?? [];
  if (!isMapDataset(program, owner) || perSample.some((called) => ON_DEVICE.test(called))) return undefined;
  if (
    calls?.['__init__']?.some((called) => HANDLES.test(called)) ||
    Object.keys(members).some((key) => /cache/.test(key))
  )
    return undefined;
  const decodes = perSample.some(
    (called) => program.api(called)?.roles.includes('file-read') === true && !STORED.test(called),
  );
  return decodes ? { kind: 'decodes', name } : undefined;
}

/** Handles do not survive the way into another process, and tensors on a GPU must not go there. */
function keepsHandles(program: Program, definition: ClassDefinition): boolean {
  const text = program.text(definition.bodySpan);
  const start = methodOf(definition, '__init__');
  const opens =
    start !== undefined &&
    /h5py\.File\(|lmdb\.open|tables\.open_file|sqlite3\.connect|ZipFile\(|[^.\w]open\(/.test(
      program.text(start.bodySpan),
    );
  const item = methodOf(definition, '__getitem__');
  return (
    opens ||
    /\bself\.\w*cache\w*\b/.test(text) ||
    (item !== undefined && /cuda|\.to\(/.test(program.text(item.bodySpan)))
  );
}

/** Only `open` of a small text beside the picture. */
function isStored(call: Call): boolean {
  return STORED.test(call.api?.name ?? '');
}
