/** An estimate with an honest 90 % interval. Units are in `unit`. */
export interface Estimate {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  readonly unit: EstimateUnit;
}

export type EstimateUnit = 'J' | 'Wh' | 'kWh' | 'gCO2e' | 'kgCO2e' | 'USD';
