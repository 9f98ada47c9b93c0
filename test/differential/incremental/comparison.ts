import { isDeepStrictEqual } from 'node:util';
import { rules } from '../../../rules/registry.ts';
import type { AnalysisInput, AnalysisResult } from '../../../src/core/engine/analysis.ts';
import { Analyzer } from '../../../src/core/engine/analyzer.ts';
import { type AnalysisDocument, documentOf } from '../../../src/core/engine/document.ts';
import { type OpenDocument, OpenModules } from '../../../src/core/engine/openModules.ts';
import type { SourceModule } from '../../../src/core/ir/sourceModule.ts';
import type { Environment } from '../../../src/core/semantics/environment.ts';
import { UNKNOWN } from '../../../src/core/semantics/fact.ts';
import { buildProgram } from '../../../src/core/semantics/programModel.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { apiFiles } from '../../../src/knowledge/apis/apiFiles.ts';
import { ApiIndex } from '../../../src/knowledge/apis/apiIndex.ts';
import { lowerPython } from '../../../src/languages/python/lowerPython.ts';
import { lowerTypeScript } from '../../../src/languages/typescript/lowerTypeScript.ts';
import { benchSettings } from '../../bench/benchSettings.ts';
import { programFacts } from './programFacts.ts';

const environment: Environment = {
  versions: { version: () => UNKNOWN },
  runtime: UNKNOWN,
  hardware: { profileId: 'test', name: 'test', kind: 'cpu', memoryGb: 16, fastFormats: [] },
};

/** Compares what a document that stays open gives with what the same text gives when it is seen for the first time. */
export class Comparison {
  private readonly fresh: Analyzer;
  private readonly incremental: Analyzer;
  private readonly open: OpenModules;
  findings = 0;
  /** Texts that were lowered piece by piece. */
  lowered = 0;

  constructor(private readonly parsers: Parsers) {
    this.fresh = new Analyzer({ parsers, rules });
    this.incremental = new Analyzer({ parsers, rules, keepOpen: 2 });
    this.open = new OpenModules(parsers, 2, this.fresh.libraries);
  }

  /** What differs for this text, in words; `undefined` when nothing does. */
  difference(input: AnalysisInput): string | undefined {
    const document = documentOf(input);
    const open = this.open.update(document);
    const different = open && this.modelDifference(document, open);
    if (different !== undefined) return different;
    const expected = comparable(this.fresh.analyze(input, benchSettings));
    this.findings += expected.findings.length;
    const found = comparable(this.incremental.analyze(input, benchSettings));
    if (isDeepStrictEqual(found, expected)) return undefined;
    return `findings differ: ${JSON.stringify(found).slice(0, 2000)}\n instead of ${JSON.stringify(expected).slice(0, 2000)}`;
  }

  /** Compares the lowered code, and what the program model says of it. */
  private modelDifference(document: AnalysisDocument, { module, kept }: OpenDocument): string | undefined {
    this.lowered++;
    const tree = this.parsers.parse(document.language, document.text, document.parts);
    if ('kind' in tree) return `only the fresh parse fails: ${tree.reason}`;
    const expected = document.language === 'python' ? lowerPython(tree) : lowerTypeScript(tree);
    if (!isDeepStrictEqual(module, expected)) return `lowered code differs${firstDifference(module, expected)}`;
    const { path } = document;
    const apis = new ApiIndex(apiFiles[document.language === 'python' ? 'python' : 'typescript']);
    const facts = programFacts(buildProgram({ module, path, apis, environment, kept }));
    const expectedFacts = programFacts(buildProgram({ module: expected, path, apis, environment }));
    const index = expectedFacts.findIndex((fact, at) => fact !== facts[at]);
    if (index < 0) return undefined;
    return `facts differ: ${facts[index]?.slice(0, 1000)}\n instead of ${expectedFacts[index]?.slice(0, 1000)}`;
  }
}

function comparable({ findings, problems }: AnalysisResult): Pick<AnalysisResult, 'findings' | 'problems'> {
  return { findings, problems };
}

function firstDifference(found: SourceModule, expected: SourceModule): string {
  const index = expected.body.findIndex((statement, at) => !isDeepStrictEqual(statement, found.body[at]));
  if (index < 0) return ` outside of the statements (${found.body.length} and ${expected.body.length} of them)`;
  return ` at statement ${index}: ${JSON.stringify(found.body[index]).slice(0, 1000)}\n instead of ${JSON.stringify(expected.body[index]).slice(0, 1000)}`;
}
