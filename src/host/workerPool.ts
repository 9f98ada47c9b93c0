import type { AnalysisInput, AnalysisResult, AnalysisSettings } from '../core/engine/analysis.ts';
import type { LibraryNames } from '../core/engine/relevance.ts';
import type { LinkFacts } from '../core/workspace/linkFacts.ts';
import type { ModuleSummary } from '../core/workspace/moduleSummary.ts';
import { type AnalysisHost, EngineStoppedError } from './analysisHost.ts';
import { inputLength } from './inputLength.ts';

interface Member {
  readonly host: AnalysisHost;
  /** Characters of source that it was given and has not answered for. */
  waiting: number;
}

/** Characters of source that wait, some tenth of a second of work, before one more engine is started. */
const BUSY_CHARACTERS = 50_000;

/**
 * Several engines that share a run over many files, each started when those before it have enough to do. Which of them gets a file
 * does not change what is found in it; a file that one has summarised is analysed there as well, where its parsed form still lies.
 */
export class WorkerPool implements AnalysisHost {
  private readonly members: Member[] = [];
  private readonly summarisedBy = new Map<string, Member>();
  private isDisposed = false;

  /** `most`: at least 1. */
  constructor(
    private readonly most: number,
    private readonly createHost: () => AnalysisHost,
  ) {}

  async analyze(input: AnalysisInput, settings: AnalysisSettings, link?: LinkFacts): Promise<AnalysisResult> {
    const member = this.summarisedBy.get(input.path) ?? this.idlest();
    this.summarisedBy.delete(input.path);
    return this.ask(member, input, ({ host }) => host.analyze(input, settings, link));
  }

  async summarize(input: AnalysisInput): Promise<ModuleSummary | undefined> {
    const member = this.idlest();
    this.summarisedBy.set(input.path, member);
    return this.ask(member, input, ({ host }) => host.summarize(input));
  }

  async libraries(): Promise<LibraryNames> {
    return this.idlest().host.libraries();
  }

  dispose(): void {
    this.isDisposed = true;
    for (const { host } of this.members) host.dispose();
  }

  private idlest(): Member {
    if (this.isDisposed) throw new EngineStoppedError('the engine was shut down');
    const [first, ...others] = this.members;
    const best = first && others.reduce((least, member) => (member.waiting < least.waiting ? member : least), first);
    if (best && (best.waiting < BUSY_CHARACTERS || this.members.length >= this.most)) return best;
    const member: Member = { host: this.createHost(), waiting: 0 };
    this.members.push(member);
    return member;
  }

  private async ask<Answer>(
    member: Member,
    input: AnalysisInput,
    question: (member: Member) => Promise<Answer>,
  ): Promise<Answer> {
    const length = inputLength(input);
    member.waiting += length;
    try {
      return await question(member);
    } finally {
      member.waiting -= length;
    }
  }
}
