// What a run of the suite comes to: counts by scenario, and every reason why it is not good enough.

/** Checks that a run must pass at least; fewer means that a scenario no longer asks what it asked. */
export const PASSED_MIN = { '2025-11-25': 83, '2026-07-28': 196 };

// Scenarios in which the suite itself skips every check.
const EMPTY_SCENARIOS = new Set(['tasks-status-notifications']);

export function countChecks(checks) {
  const count = { passed: 0, failed: 0, warnings: 0, skipped: 0 };
  const member = { SUCCESS: 'passed', FAILURE: 'failed', WARNING: 'warnings', SKIPPED: 'skipped' };
  for (const { status } of checks) if (member[status]) count[member[status]] += 1;
  return count;
}

const describe = ({ id, status, errorMessage }) => `${status} ${id}${errorMessage ? `: ${errorMessage}` : ''}`;

/** A row of the table: {scenario, required, reason, count, problems}. */
export function judge({ scenario, required, reason }, checks) {
  if (!checks) return { scenario, required, reason, count: countChecks([]), problems: ['did not run'] };
  const count = countChecks(checks);
  const problems = checks
    .filter(({ status }) => status === 'FAILURE' || status === 'WARNING')
    .map(describe);
  if (count.passed === 0 && !EMPTY_SCENARIOS.has(scenario)) problems.push('passed no check');
  return { scenario, required, reason, count, problems };
}

/** Of all rows of a run. */
export function sumUp(rows) {
  const sum = { passed: 0, failed: 0, warnings: 0, skipped: 0 };
  for (const { count } of rows) for (const key of Object.keys(sum)) sum[key] += count[key];
  return sum;
}

const isGood = ({ problems }) => problems.length === 0;

/** {sum, required: 'n/m', others: 'n/m', problems: [text]} of one run. */
export function judgeRun({ revision, rows, status }) {
  const sum = sumUp(rows);
  const of = (some) => `${some.filter(isGood).length}/${some.length}`;
  const problems = rows.flatMap(({ scenario, problems: own }) => own.map((problem) => `${scenario}: ${problem}`));
  if (status !== 0) problems.push(`the suite ended with status ${status}`);
  if (sum.passed < PASSED_MIN[revision]) problems.push(`${sum.passed} checks passed, ${PASSED_MIN[revision]} are expected`);
  return {
    sum, problems, required: of(rows.filter(({ required }) => required)), others: of(rows.filter(({ required }) => !required)),
  };
}
