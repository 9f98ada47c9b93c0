import type { AnalysisSettings } from '../core/engine/analysis.ts';
import type { DeclaredVersions } from '../core/semantics/declaredVersions.ts';
import type { LinkFacts } from '../core/workspace/linkFacts.ts';
import type { ModuleSummary } from '../core/workspace/moduleSummary.ts';
import { type Shared, SharedReceiver, SharedSender } from './sharedParts.ts';
import type { WorkerRequest } from './workerProtocol.ts';

type ResolvedImports = LinkFacts['resolved'][string];

interface PackedLink {
  readonly summaries: readonly Shared<ModuleSummary>[];
  readonly resolved: readonly (readonly [path: string, imports: Shared<ResolvedImports>])[];
  readonly reach: LinkFacts['reach'];
}

interface PackedSettings extends Omit<AnalysisSettings, 'environment'> {
  readonly environment: Omit<AnalysisSettings['environment'], 'versions'> & {
    readonly versions: Shared<DeclaredVersions>;
  };
}

type AnalyzeRequest = WorkerRequest & { readonly kind: 'analyze' };

/**
 * A request as it crosses to the worker. What an analysis is told of other files and of versions is a hundred times its own text
 * and the same for many files and for every edit of one, so each part of it crosses once.
 */
export type PackedRequest =
  | Exclude<WorkerRequest, AnalyzeRequest>
  | (Omit<AnalyzeRequest, 'settings' | 'link'> & {
      readonly settings: PackedSettings;
      readonly link?: PackedLink;
      /** Parts with smaller numbers can be forgotten: summaries, imports, versions. */
      readonly oldest: readonly [number, number, number];
    });

const MOST_SUMMARIES = 4000;
const MOST_VERSIONS = 100;

/** For one worker from its start to its end. */
export class RequestPacker {
  private readonly summaries = new SharedSender<ModuleSummary>(MOST_SUMMARIES);
  private readonly imports = new SharedSender<ResolvedImports>(MOST_SUMMARIES);
  private readonly versions = new SharedSender<DeclaredVersions>(MOST_VERSIONS);

  pack(request: WorkerRequest): PackedRequest {
    if (request.kind !== 'analyze') return request;
    const { settings, link, ...rest } = request;
    const oldest = [this.summaries.begin(), this.imports.begin(), this.versions.begin()] as const;
    const { environment } = settings;
    const versions = this.versions.pack(environment.versions);
    return {
      ...rest,
      oldest,
      settings: { ...settings, environment: { ...environment, versions } },
      ...(link ? { link: this.packLink(link) } : {}),
    };
  }

  private packLink({ summaries, resolved, reach }: LinkFacts): PackedLink {
    return {
      summaries: summaries.map((summary) => this.summaries.pack(summary)),
      resolved: Object.entries(resolved).map(([path, imports]) => [path, this.imports.pack(imports)] as const),
      reach,
    };
  }
}

/** The worker's side. */
export class RequestUnpacker {
  private readonly summaries = new SharedReceiver<ModuleSummary>();
  private readonly imports = new SharedReceiver<ResolvedImports>();
  private readonly versions = new SharedReceiver<DeclaredVersions>();

  unpack(request: PackedRequest): WorkerRequest {
    if (request.kind !== 'analyze') return request;
    const { settings, link, oldest, ...rest } = request;
    this.summaries.begin(oldest[0]);
    this.imports.begin(oldest[1]);
    this.versions.begin(oldest[2]);
    const { environment } = settings;
    const versions = this.versions.unpack(environment.versions);
    return {
      ...rest,
      settings: { ...settings, environment: { ...environment, versions } },
      ...(link ? { link: this.unpackLink(link) } : {}),
    };
  }

  private unpackLink({ summaries, resolved, reach }: PackedLink): LinkFacts {
    return {
      summaries: summaries.map((summary) => this.summaries.unpack(summary)),
      resolved: Object.fromEntries(resolved.map(([path, imports]) => [path, this.imports.unpack(imports)])),
      reach,
    };
  }
}
