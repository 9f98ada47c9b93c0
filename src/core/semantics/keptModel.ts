import { spansIn } from '../ir/moveSpans.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import type { LinkFacts } from '../workspace/linkFacts.ts';
import { Links } from '../workspace/links.ts';
import { isSameLink } from '../workspace/sameLinks.ts';
import type { BoundModule } from './binding/boundModule.ts';
import { ModuleBinder } from './binding/moduleBinder.ts';
import { ClassMembers } from './classMembers.ts';
import { Evaluation } from './evaluation.ts';
import { type ApiLookup, Evaluator } from './evaluator.ts';

interface EvaluatedModule {
  readonly bound: BoundModule;
  readonly evaluator: Evaluator;
}

/**
 * What stays of a module's program model from one edit to the next: how its functions and classes are bound, and the values that
 * neither the edit nor anything that depends on it can have changed. See `affectedStatements` for what an edit can change.
 */
export class KeptModel {
  private readonly binder = new ModuleBinder();
  private evaluation = new Evaluation();
  private storedNames: ReadonlySet<string> = new Set();
  private path: string | undefined;
  private link: LinkFacts | undefined;
  private links: Links | undefined;

  /** The module as it is now; what an earlier call gave is no longer good. */
  update(module: SourceModule, path: string, apis: ApiLookup, link: LinkFacts | undefined): EvaluatedModule {
    const { bound, affected, gone } = this.binder.bind(module);
    const members = new ClassMembers(bound);
    // Attributes that are set from outside of their class change what members of that name hold, wherever they are read.
    const { namesStoredFromOutside } = members;
    const isOutOfDate = !isSameSet(namesStoredFromOutside, this.storedNames);
    this.storedNames = namesStoredFromOutside;
    if (this.updateLinks(path, link) || isOutOfDate) this.evaluation = new Evaluation();
    this.evaluation.forgetOpen();
    for (const statement of [...gone, ...affected]) this.evaluation.forget(spansIn([statement]));
    return {
      bound,
      evaluator: new Evaluator({ bound, members, apis, links: this.links, evaluation: this.evaluation }),
    };
  }

  /** Values of other files keep their identity as long as those files say the same. */
  private updateLinks(path: string, link: LinkFacts | undefined): boolean {
    if (path === this.path && isSameLink(link, this.link)) return false;
    this.path = path;
    this.link = link;
    this.links = link && Links.of(link, path);
    return true;
  }
}

function isSameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((item) => other.has(item));
}
