import type { Impact } from '../../energy/impact.ts';
import type { WorkloadChange } from '../../energy/workload.ts';
import { apiFiles } from '../../knowledge/apis/apiFiles.ts';
import { ApiIndex } from '../../knowledge/apis/apiIndex.ts';
import { hardwareFacts } from '../../knowledge/hardware/hardwareFacts.ts';
import { lowerPython } from '../../languages/python/lowerPython.ts';
import { lowerTypeScript } from '../../languages/typescript/lowerTypeScript.ts';
import { withMachine } from '../evidence/withMachine.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import { type DeclaredVersions, versionFacts } from '../semantics/declaredVersions.ts';
import type { Environment, VersionFacts } from '../semantics/environment.ts';
import type { KeptModel } from '../semantics/keptModel.ts';
import type { Program } from '../semantics/program.ts';
import { buildProgram, type ProgramModel } from '../semantics/programModel.ts';
import type { ProgramInput } from '../semantics/programParts.ts';
import type { Parsers } from '../syntax/parsers.ts';
import { isParseFailure, type ParseFailure, type SyntaxTree } from '../syntax/syntaxTree.ts';
import type { Span } from '../text/span.ts';
import { withSourceVersions } from '../versions/sourceVersions.ts';
import type { LinkFacts } from '../workspace/linkFacts.ts';
import type { ModuleSummary } from '../workspace/moduleSummary.ts';
import { summarizeModule } from '../workspace/summarizeModule.ts';
import { type AnalysisInput, type AnalysisResult, type AnalysisSettings, NOTHING_FOUND } from './analysis.ts';
import { type AnalysisDocument, documentOf } from './document.ts';
import type { Problem } from './finding.ts';
import { type AssessedReport, assembleFindings } from './findings.ts';
import { Impacts } from './impacts.ts';
import { judgeReport } from './judgeReport.ts';
import { LoweredModules } from './loweredModules.ts';
import { OpenModules } from './openModules.ts';
import { PresentWords } from './presentWords.ts';
import { type LibraryNames, libraryNames, namesOf, Relevance, wordsOf } from './relevance.ts';
import type { RegisteredRule } from './rule.ts';
import { isActive } from './ruleActivity.ts';
import { syntaxProblems } from './syntaxProblems.ts';

export interface AnalyzerParts {
  readonly parsers: Parsers;
  readonly rules: readonly RegisteredRule[];
  /** Characters of source text whose lowered form is kept from a summary to the analysis that follows; none by default. */
  readonly keepLowered?: number;
  /** Documents that are kept open for their next edit, the last ones analysed; none by default. */
  readonly keepOpen?: number;
}

export interface ModelledText {
  readonly document: AnalysisDocument;
  readonly program: Program;
  /** With the versions that the text itself states. */
  readonly settings: AnalysisSettings;
}

/** Text in, findings out. Never throws on user code: what goes wrong is told in `problems`. */
export class Analyzer {
  private readonly apis = { python: new ApiIndex(apiFiles.python), typescript: new ApiIndex(apiFiles.typescript) };
  private readonly impacts = new Impacts();
  /** A file that neither names one of them nor imports a file that does costs no parse. */
  readonly libraries: LibraryNames;
  private readonly relevance: Relevance;
  /** What names a rule's libraries in a text. */
  private readonly names: ReadonlyMap<RegisteredRule, readonly string[]>;
  private readonly knownRules: ReadonlySet<string>;

  private readonly lowered: LoweredModules;
  /** Lock files name thousands of packages, and many files share them. */
  private readonly versions = new WeakMap<DeclaredVersions, VersionFacts>();
  private readonly open: OpenModules;

  constructor(private readonly parts: AnalyzerParts) {
    this.lowered = new LoweredModules(parts.keepLowered ?? 0);
    const { globals } = this.apis.typescript;
    this.libraries = libraryNames(parts.rules, globals);
    this.names = new Map(parts.rules.map((rule) => [rule, namesOf(rule, globals)]));
    this.open = new OpenModules(parts.parsers, parts.keepOpen ?? 0, this.libraries);
    this.relevance = new Relevance(this.libraries);
    this.knownRules = new Set(parts.rules.map((rule) => rule.meta.id));
  }

  /** `link` is what the workspace's other files say of this one; without it the file is looked at alone. */
  analyze(input: AnalysisInput, settings: AnalysisSettings, link?: LinkFacts): AnalysisResult {
    const document = documentOf(input);
    if (!this.relevance.concerns(document.language, document.text, link))
      return settings.checkSyntax === true ? this.checkSyntax(document) : NOTHING_FOUND;
    const started = performance.now();
    const known = this.lowered.take(document);
    const open = known ? undefined : this.open.update(document);
    const source = known ?? open?.module ?? this.parse(document);
    if ('kind' in source) return parseFailed(input.path, source.reason);
    const parsed = performance.now();
    const problems: Problem[] = [...syntaxProblems(document, source)];
    const inForce = withMachine(input, withSourceVersions(input, settings));
    const program = this.program(document, source, inForce, link, problems, open?.kept);
    if (!program) this.open.close(document);
    if (!program) return { ...NOTHING_FOUND, problems };
    const built = performance.now();
    const rules = this.activeRules(document, settings);
    const impactOf = this.impacts.for(inForce);
    const libraries =
      open?.libraries ?? new PresentWords(wordsOf(this.libraries, document.language)).update(document.text);
    // What comes from a file of the workspace may be of any library.
    const isLinked = link !== undefined && link.summaries.length > 0;
    const reports = rules
      .filter((rule) => isLinked || this.names.get(rule)?.some((name) => libraries.has(name)))
      .flatMap((rule) => this.run(rule, program, inForce, impactOf, problems));
    const assembled = assembleFindings({
      document,
      module: program.module,
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

  /** What the rest of the workspace needs to know of a file; `undefined` when it cannot be read as code. */
  summarize(input: AnalysisInput): ModuleSummary | undefined {
    const document = documentOf(input);
    const tree = this.parse(document);
    if (isParseFailure(tree)) return undefined;
    try {
      const module = lowered(document, tree);
      this.lowered.keep(document, module);
      return summarizeModule({ module, path: document.path, apis: this.apisFor(document), ...placeOf(document) });
    } catch {
      // Its own analysis tells what is wrong with it.
      return undefined;
    }
  }

  /** The program model of a text whatever it holds, as the rules see it; the problems where there is none. */
  model(input: AnalysisInput, settings: AnalysisSettings, link?: LinkFacts): ModelledText | readonly Problem[] {
    const document = documentOf(input);
    const tree = this.parse(document);
    if (isParseFailure(tree)) return parseFailed(input.path, tree.reason).problems;
    const problems: Problem[] = [];
    const inForce = withMachine(input, withSourceVersions(input, settings));
    const program = this.program(document, tree, inForce, link, problems);
    return program ? { document, program, settings: inForce } : problems;
  }

  private parse({ language, text, parts }: AnalysisDocument): SyntaxTree | ParseFailure {
    return this.parts.parsers.parse(language, text, parts);
  }

  private checkSyntax(document: AnalysisDocument): AnalysisResult {
    const tree = this.parse(document);
    if (isParseFailure(tree)) return parseFailed(document.path, tree.reason);
    return { ...NOTHING_FOUND, problems: syntaxProblems(document, tree) };
  }

  /** The program model; a defect in building it costs this file's findings and is told, no more. */
  private program(
    document: AnalysisDocument,
    source: SyntaxTree | SourceModule,
    settings: AnalysisSettings,
    link: LinkFacts | undefined,
    problems: Problem[],
    kept?: KeptModel,
  ): ProgramModel | undefined {
    try {
      return buildProgram({
        module: 'body' in source ? source : lowered(document, source),
        path: document.path,
        apis: this.apisFor(document),
        environment: this.environment(settings),
        ...(link ? { link } : {}),
        ...(kept ? { kept } : {}),
      });
    } catch (error) {
      const message = `The program model could not be built: ${messageOf(error)}`;
      problems.push({ path: document.path, kind: 'parse-failed', message });
      return undefined;
    }
  }

  private environment({ environment, profile }: AnalysisSettings): Environment {
    const { versions } = environment;
    const facts = this.versions.get(versions) ?? versionFacts(versions);
    this.versions.set(versions, facts);
    return { ...environment, versions: facts, hardware: hardwareFacts(profile) };
  }

  private apisFor({ language }: AnalysisDocument): ApiIndex {
    return language === 'python' ? this.apis.python : this.apis.typescript;
  }

  private activeRules({ language }: AnalysisDocument, settings: AnalysisSettings): readonly RegisteredRule[] {
    return this.parts.rules.filter((rule) => isActive(rule, language, settings));
  }

  private run(
    rule: RegisteredRule,
    program: Program,
    settings: AnalysisSettings,
    impactOf: (change: WorkloadChange) => Impact,
    problems: Problem[],
  ): readonly AssessedReport[] {
    try {
      const reports: AssessedReport[] = [];
      for (const report of rule.run(program)) {
        const judgement = judgeReport(rule.meta, report, settings, impactOf);
        if (judgement.kind === 'told') reports.push({ rule: rule.meta, report, ...judgement });
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

function lowered({ language, handlers }: AnalysisDocument, tree: SyntaxTree): SourceModule {
  if (language === 'python') return lowerPython(tree);
  return handlers ? { ...lowerTypeScript(tree), handlers } : lowerTypeScript(tree);
}

/** Spans of a notebook are told by cell. */
function placeOf(document: AnalysisDocument): Pick<ProgramInput, 'place'> {
  return document.parts ? { place: (span: Span) => document.place(span) } : {};
}

function parseFailed(path: string, reason: string): AnalysisResult {
  return { ...NOTHING_FOUND, problems: [{ path, kind: 'parse-failed', message: reason }] };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
