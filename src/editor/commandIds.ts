/** Ids of the contributed commands; a test compares them with package.json. */
export const COMMANDS = {
  report: 'greenAi.report',
  selectProfile: 'greenAi.selectProfile',
  createProfileFile: 'greenAi.createProfileFile',
  showImpact: 'greenAi.showImpact',
  openRuleDocumentation: 'greenAi.openRuleDocumentation',
  openSample: 'greenAi.openSample',
  restart: 'greenAi.restart',
  showDebugInformation: 'greenAi.showDebugInformation',
  showOutput: 'greenAi.showOutput',
} as const;
