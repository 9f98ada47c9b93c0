import type { Estimate, EstimateUnit } from './estimate.ts';

interface Scale {
  readonly from: number;
  readonly factor: number;
  readonly unit: string;
}

/** Powers of a thousand, so that a person reads three digits and never counts zeros. */
const SCALES: Readonly<Record<EstimateUnit, readonly Scale[]>> = {
  J: scales(['J', 'kJ', 'MJ'], 1),
  Wh: scales(['mWh', 'Wh', 'kWh', 'MWh', 'GWh'], 1e3),
  kWh: scales(['mWh', 'Wh', 'kWh', 'MWh', 'GWh'], 1e6),
  gCO2e: scales(['mg CO₂e', 'g CO₂e', 'kg CO₂e', 't CO₂e'], 1e3),
  kgCO2e: scales(['mg CO₂e', 'g CO₂e', 'kg CO₂e', 't CO₂e'], 1e6),
  USD: [{ from: 0, factor: 1, unit: '$' }],
};

/** `12 kWh (8.1 to 19)`, in the unit that fits the middle. */
export function estimateText(estimate: Estimate): string {
  if (isUnderACent(estimate)) return UNDER_A_CENT;
  const { mid, unit } = amountParts(estimate);
  return `${withUnit(mid, unit)} (${intervalText(estimate)})`;
}

/** The middle alone: `12 kWh`. */
export function amountText(estimate: Estimate): string {
  if (isUnderACent(estimate)) return UNDER_A_CENT;
  const { mid, unit } = amountParts(estimate);
  return withUnit(mid, unit);
}

/** The interval in the unit of the middle: `8.1 to 19`. */
export function intervalText(estimate: Estimate): string {
  if (isUnderACent(estimate)) return 'the whole interval';
  const { low, high } = amountParts(estimate);
  return `${numberText(low)} to ${numberText(high)}`;
}

const UNDER_A_CENT = 'under $0.01';

/** Nobody reads fractions of a cent. */
function isUnderACent({ low, high, unit }: Estimate): boolean {
  return unit === 'USD' && Math.max(Math.abs(low), Math.abs(high)) < 0.01;
}

interface Parts {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  readonly unit: string;
}

function amountParts({ low, mid, high, unit }: Estimate): Parts {
  const size = Math.abs(mid) || Math.max(Math.abs(low), Math.abs(high));
  const scale = SCALES[unit].findLast(({ from }) => size >= from) ?? { from: 0, factor: 1, unit };
  return { low: low * scale.factor, mid: mid * scale.factor, high: high * scale.factor, unit: scale.unit };
}

function withUnit(value: number, unit: string): string {
  return unit === '$' ? `${value < 0 ? '−' : ''}$${numberText(Math.abs(value))}` : `${numberText(value)} ${unit}`;
}

/** Two significant digits: more would claim a precision that no estimate has. */
/** Made once: a formatter takes far longer to make than to use, and every finding states several figures. */
const PLAIN = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

function numberText(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) >= 1e6 || Math.abs(value) < 1e-5) return value.toExponential(1).replace('-', '−');
  return PLAIN.format(Number(value.toPrecision(2))).replace('-', '−');
}

/** `smallest` units make one of the unit that is scaled. */
function scales(units: readonly string[], smallest: number): readonly Scale[] {
  return units.map((unit, index) => {
    const factor = smallest / 1000 ** index;
    return { from: index === 0 ? 0 : 1 / factor, factor, unit };
  });
}
