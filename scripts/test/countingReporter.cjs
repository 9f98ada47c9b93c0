// Mocha's usual report, plus the counts as JSON in the file that GREEN_AI_TEST_COUNTS names, for the sum over all suites.

const { writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.GREEN_AI_TEST_COUNTS;
    // Tests that ask CPython may be left out where the run says that there is none; any other pending test is a failure.
    let notRun = 0;
    runner.on(Runner.constants.EVENT_TEST_PENDING, ({ title }) => {
      if (process.env.GREEN_AI_WITHOUT_PYTHON === '1' && title.endsWith('(needs python3)')) notRun += 1;
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
