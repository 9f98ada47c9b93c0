import type { Impact } from '../../energy/impact.ts';
import { impactOf } from '../../energy/impactOf.ts';
import { apiFiles } from '../../knowledge/apis/apiFiles.ts';
import { ApiIndex } from '../../knowledge/apis/apiIndex.ts';
import { hardwareFacts } from '../../knowledge/hardware/hardwareFacts.ts';
import { modelCatalogue } from '../../knowledge/models/modelCatalogue.ts';
import { lowerPython } from '../../languages/python/lowerPython.ts';
import { lowerTypeScript } from '../../languages/typescript/lowerTypeScript.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import { versionFacts } from '../semantics/declaredVersions.ts';
import type { Program } from '../semantics/program.ts';
import { buildProgram } from '../semantics/programModel.ts';
import type { Parsers } from '../syntax/parsers.ts';
import type { AnalysisInput, AnalysisResult, AnalysisSettings } from './analysis.ts';
import { assess } from './assess.ts';
import { type AnalysisDocument, documentOf } from './document.ts';
import type { Problem } from './finding.ts';
import { type AssessedReport, assembleFindings } from './findings.ts';
import { Relevance } from './relevance.ts';
import type { RegisteredRule } from './rule.ts';

export interface AnalyzerParts {
  readonly parsers: Parsers;
  readonly rules: readonly RegisteredRule[];
}

const NOTHING: AnalysisResult = { findings: [], problems: [], milliseconds: { parse: 0, model: 0, rules: 0 } };

/** Text in, findings out. Never throws on user code: what goes wrong is told in `problems`. */
export class Analyzer {
  private readonly apis = { python: new ApiIndex(apiFiles.python), typescript: new ApiIndex(apiFiles.typescript) };
  private readonly models = modelCatalogue;
  private readonly relevance: Relevance;
  private readonly knownRules: ReadonlySet<string>;

  constructor(private readonly parts: AnalyzerParts) {
    this.relevance = new Relevance(parts.rules);
    this.knownRules = new Set(parts.rules.map((rule) => rule.meta.id));
  }

  analyze(input: AnalysisInput, settings: AnalysisSettings): AnalysisResult {
    const document = documentOf(input);
    if (!this.relevance.isRelevant(document.language, document.text) && !document.text.includes('green-ai:'))
      return NOTHING;
    const started = performance.now();
    const tree = this.parts.parsers.parse(document.language, document.text, document.parts);
    if ('kind' in tree)
      return { ...NOTHING, problems: [{ path: input.path, kind: 'parse-failed', message: tree.reason }] };
    const parsed = performance.now();
    const problems: Problem[] = [];
    const modelled = this.model(
      document,
      document.language === 'python' ? lowerPython(tree) : lowerTypeScript(tree),
      settings,
      problems,
    );
    const built = performance.now();
    if (!modelled) return { ...NOTHING, problems };
    const rules = this.activeRules(document, settings);
    const reports = rules.flatMap((rule) => this.run(rule, modelled, settings, problems));
    const assembled = assembleFindings({
      document,
      module: modelled.module,
      reports,
      knownRules: this.knownRules,
      activeRules: new Set(rules.map((rule) => rule.meta.id)),
      isFiltered: settings.onlyRules !== undefined,
    });
    return {
      findings: assembled.findings,
      problems: [...problems, ...assembled.problems],
      milliseconds: { parse: parsed - started, model: built - parsed, rules: performance.now() - built },
    };
  }

  /** The program model; a defect in building it costs this file's findings and is told, no more. */
  private model(
    document: AnalysisDocument,
    module: SourceModule,
    settings: AnalysisSettings,
    problems: Problem[],
  ): Program | undefined {
    try {
      return buildProgram({
        module,
        path: document.path,
        apis: document.language === 'python' ? this.apis.python : this.apis.typescript,
        environment: {
          versions: versionFacts(settings.environment.versions),
          runtime: settings.environment.runtime,
          hardware: hardwareFacts(settings.profile),
        },
      });
    } catch (error) {
      problems.push({
        path: document.path,
        kind: 'parse-failed',
        message: `The program model could not be built: ${messageOf(error)}`,
      });
      return undefined;
    }
  }

  private activeRules(document: AnalysisDocument, settings: AnalysisSettings): readonly RegisteredRule[] {
    const family = document.language === 'python' ? 'python' : 'typescript';
    return this.parts.rules.filter(({ meta }) => {
      if (!meta.languages.includes(family) || settings.rules[meta.id] === 'off') return false;
      if (settings.onlyRules) return settings.onlyRules.includes(meta.id);
      return settings.tier === 'strict' || meta.tier === 'recommended' || settings.rules[meta.id] !== undefined;
    });
  }

  private run(
    rule: RegisteredRule,
    program: Program,
    settings: AnalysisSettings,
    problems: Problem[],
  ): readonly AssessedReport[] {
    try {
      const reports: AssessedReport[] = [];
      for (const report of rule.run(program)) {
        if (report.hit.requiresStrict && settings.tier !== 'strict') continue;
        const impact: Impact | undefined = report.effect && impactOf(report.effect, settings.profile, this.models);
        const severity = assess(report.hit.severity, impact, settings.smallestSavingKwh);
        if (!severity) continue;
        const override = settings.rules[rule.meta.id];
        reports.push({
          rule: rule.meta,
          report,
          severity: override && override !== 'off' ? override : severity,
          ...(impact ? { impact } : {}),
        });
      }
      return reports;
    } catch (error) {
      problems.push({
        path: program.path,
        kind: 'rule-failed',
        message: `Rule ${rule.meta.id} failed: ${messageOf(error)}`,
      });
      return [];
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
