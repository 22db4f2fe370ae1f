// Adds up the JUnit reports of the suites named on the command line and closes with one line.
// GoogleTest counts its sentences; a test binary that died before reporting counts as one failure.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const reports = fileURLToPath(new URL('../build/reports', import.meta.url));

function readIfThere(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

/** The test cases of a report: [{name, group, failed, skipped}]. */
function casesOf(xml) {
  return [...xml.matchAll(/<testcase\b([^>]*?)(\/>|>([\s\S]*?)<\/testcase>)/g)].map(([, attributes, , inner = '']) => ({
    name: /\bname="([^"]*)"/.exec(attributes)?.[1],
    group: /\bclassname="([^"]*)"/.exec(attributes)?.[1],
    failed: /<(failure|error)\b/.test(inner) || /status="fail"/.test(attributes),
    skipped: /<skipped\b/.test(inner) || /status="(notrun|disabled)"/.test(attributes),
  }));
}

function tally(suite) {
  const folder = path.join(reports, suite);
  const sum = { passed: 0, failed: 0, skipped: 0, failures: [] };
  const add = ({ name, group, failed, skipped }) => {
    sum[failed ? 'failed' : skipped ? 'skipped' : 'passed'] += 1;
    if (failed) sum.failures.push(`${group}: ${name}`);
  };

  casesOf(readIfThere(path.join(folder, 'node.junit'))).forEach(add);
  for (const binary of casesOf(readIfThere(path.join(folder, 'ctest.junit')))) {
    const sentences = casesOf(readIfThere(path.join(folder, `${binary.name}.xml`)));
    sentences.forEach(add);
    if (sentences.length === 0 || (binary.failed && !sentences.some(({ failed }) => failed))) add(binary);
  }
  return sum;
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const suite of process.argv.slice(2)) {
  const sum = tally(suite);
  if (sum.passed + sum.failed === 0) sum.failed = 1; // a suite that says nothing did not run
  for (const key of Object.keys(total)) total[key] += sum[key];
  console.log(`  ${suite.padEnd(12)} ${sum.passed} passed, ${sum.failed} failed`);
  for (const name of sum.failures) console.log(`    failed: ${name}`);
}
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed ? 1 : 0;
