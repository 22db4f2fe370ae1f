// docs/conformance.md: what the suite says of this host, written by the run that asked it.
const cell = ({ count, problems }) => {
  const extras = [
    count.failed ? `${count.failed} failed` : '', count.warnings ? `${count.warnings} warnings` : '',
    count.passed === 0 && count.skipped ? 'skipped by the suite' : '',
  ].filter(Boolean);
  const passed = count.passed ? `${count.passed} passed` : '';
  return [problems.length ? '**not good**' : '', passed, ...extras].filter(Boolean).join(', ');
};

const kind = ({ required, reason }) => (required ? 'required' : `not scored (${reason})`);

function serverTable({ revision, modes }) {
  const [first] = modes;
  const totals = modes.map(({ title, verdict }) => `- ${title}: required ${verdict.required}, not scored ${verdict.others}; `
    + `checks: ${verdict.sum.passed} passed, ${verdict.sum.failed} failed, ${verdict.sum.warnings} warnings`);
  return [
    `## Revision ${revision}`, '', ...totals, '',
    `| scenario | | ${modes.map(({ title }) => title).join(' | ')} |`,
    `|---|---|${modes.map(() => '---').join('|')}|`,
    ...first.rows.map((row, index) => `| ${row.scenario} | ${kind(row)} | ${modes.map(({ rows }) => cell(rows[index])).join(' | ')} |`),
    '',
  ];
}

function authorizationTable(rows) {
  return [
    '## Authorization server', '',
    'The suite signs a client in that was registered over the admin API; the consent page and the sign-in page of the',
    'PingOne stand-in are answered by a script.', '',
    '| scenario | result |', '|---|---|', ...rows.map((row) => `| ${row.scenario} | ${cell(row)} |`), '',
  ];
}

export function makePage({ suite, revisions, authorization, wire }) {
  return [
    '# Conformance', '',
    `What \`@modelcontextprotocol/conformance\` ${suite} says of this host. This page is written by \`./run conformance\`,`,
    'which fails unless every required scenario passes, no check fails or warns anywhere, and the scenarios that are not',
    'scored are green as well. The fixtures are a plugin on the public SDK: `tests/conformance/plugin`.', '',
    'Each revision runs twice: without authorization, and with it, through a proxy that adds a token (`tests/conformance/proxy.mjs`).',
    `Every message that went through the proxy was held to the official schema of its revision; ${wire.problems.length} were wrong.`, '',
    ...revisions.flatMap(serverTable), ...authorizationTable(authorization),
  ].join('\n').trimEnd().concat('\n');
}
