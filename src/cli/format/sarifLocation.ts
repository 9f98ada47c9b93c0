import type { ArtifactLocation, Location, Region } from 'sarif';
import type { Location as Place } from '../../core/engine/finding.ts';
import type { Range } from '../../core/text/position.ts';

/** Where something is. In a notebook the region counts inside the cell, which `properties.cell` names, from 0 over all cells. */
export function sarifLocation({ path, cell, range }: Place): Location {
  return {
    physicalLocation: { artifactLocation: sarifArtifact(path), region: sarifRegion(range) },
    ...(cell === undefined
      ? {}
      : {
          message: { text: `Cell ${cell + 1} of the notebook; lines and columns count inside the cell.` },
          properties: { cell },
        }),
  };
}

/** A relative URI reference: percent-encoded, and never taken for a scheme (`a:b.py`). */
export function sarifArtifact(path: string): ArtifactLocation {
  if (/^(?:\/|[A-Za-z]:\/)/.test(path)) return { uri: `file://${path.startsWith('/') ? '' : '/'}${encodePath(path)}` };
  return { uri: encodePath(path), uriBaseId: '%SRCROOT%' };
}

/** SARIF counts from 1; the end column is exclusive. */
export function sarifRegion({ start, end }: Range): Region {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** Half a surrogate pair, which a file name may hold on some systems, has no encoding. */
function encodePath(path: string): string {
  return encodeURI(path.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(/[?#:]/g, encodeURIComponent);
}
