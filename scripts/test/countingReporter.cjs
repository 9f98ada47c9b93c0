// Mocha's usual report, plus the counts as JSON in the file that GREEN_AI_TEST_COUNTS names, for the sum over all suites.

const { writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.GREEN_AI_TEST_COUNTS;
    // Tests that need Python or its libraries may be left out where the run says that there are none; any other pending test is a failure.
    const missing = [
      ...(process.env.GREEN_AI_WITHOUT_PYTHON === '1' ? ['(needs python3)'] : []),
      ...(process.env.GREEN_AI_LIBRARIES_PYTHON === '' ? ['(needs torch, scikit-learn and pandas)'] : []),
    ];
    let notRun = 0;
    runner.on(Runner.constants.EVENT_TEST_PENDING, ({ title }) => {
      if (missing.some((need) => title.endsWith(need))) notRun += 1;
    });
    if (file) {
      runner.once(Runner.constants.EVENT_RUN_END, () => {
        const { passes, failures, pending } = runner.stats;
        writeFileSync(file, JSON.stringify({ passed: passes, failed: failures + pending - notRun, notRun }));
      });
    }
  }
}

module.exports = CountingReporter;
