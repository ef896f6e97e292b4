/** Prints `N passed, N failed` from the test runner's own report. A file that could not even be read counts as a failure. */
import { readFileSync } from 'node:fs';

interface Report {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

const report = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Report;
const broken = report.testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
).length;
console.log(`\n${report.numPassedTests} passed, ${report.numFailedTests + broken} failed`);
if (!report.success || report.numFailedTests + broken > 0 || report.numPassedTests === 0)
  process.exitCode = 1;
