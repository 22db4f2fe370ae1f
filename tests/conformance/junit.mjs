// A run as a JUnit report: one test case a scenario, which is what tools/tally.mjs adds up.
const escape = (text) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]).replace(/[\x00-\x08\x0b-\x1f]/g, '?');

const testCase = (name, problems) => (problems.length
  ? `  <testcase name="${escape(name)}"><failure>${escape(problems.join('\n'))}</failure></testcase>`
  : `  <testcase name="${escape(name)}"/>`);

export function makeJunit({ revisions, authorization, wire }) {
  const cases = revisions.flatMap(({ revision, modes }) => modes.flatMap(({ title, rows, verdict }) => [
    ...rows.map(({ scenario, problems }) => testCase(`${revision}, ${title}: ${scenario}`, problems)),
    // What is not of one scenario: too few checks, a suite that died.
    testCase(`${revision}, ${title}: the whole run`, verdict.problems.filter((problem) => !rows.some(({ scenario }) => problem.startsWith(`${scenario}: `)))),
  ]));
  cases.push(...authorization.map(({ scenario, problems }) => testCase(scenario, problems)), testCase('the wire', wire.problems));
  return `<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n${cases.join('\n')}\n</testsuites>\n`;
}
