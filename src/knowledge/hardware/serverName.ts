/** A server or rack that is named as a whole, and how many accelerators it holds. */
export interface ServerName {
  readonly chip: string;
  readonly count: number;
}

/** NVIDIA's systems of eight by name, of which the plain number says no chip. */
const SYSTEMS: Readonly<Record<string, ServerName>> = {
  'dgx-1': { chip: 'V100 SXM2 16GB', count: 8 },
  'dgx-2': { chip: 'V100 SXM2 32GB', count: 16 },
};

/** Reads `DGX H100`, `HGX B200`, `HGX A100 4-GPU`, `GB200 NVL72`. */
export function parseServerName(text: string): ServerName | undefined {
  const wanted = text
    .trim()
    .toLowerCase()
    .replace(/^nvidia\s+/, '');
  const system = wanted.replace(/\s+/g, '-');
  if (Object.hasOwn(SYSTEMS, system)) return SYSTEMS[system];
  const rack = /^(?:dgx\s+)?(g[bh]\d{3})[\s_-]+nvl[\s-]?(\d{1,3})$/.exec(wanted);
  if (rack?.[1] !== undefined) return { chip: rack[1], count: Number(rack[2]) };
  const board = /^[dh]gx[\s-]+([abh]\d{2,3})\b(.*)$/.exec(wanted);
  if (board?.[1] === undefined) return undefined;
  const stated = /(\d{1,2})[\s-]?gpus?\b/.exec(board[2] ?? '')?.[1];
  const memory = /\d+\s?gb?\b(?![\s-]?pu)/.exec(board[2] ?? '')?.[0] ?? '';
  return { chip: `${board[1]} SXM ${memory.replace(/\s/g, '')}`.trim(), count: Number(stated ?? 8) };
}
