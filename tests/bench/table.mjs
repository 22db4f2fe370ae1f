// Rows of measurements as a table: one line per target, one column per number of connections.
const thousands = (value) => Math.round(value).toLocaleString('en-US');

const figures = {
  'requests/s': ({ requests_per_second: value }) => thousands(value),
  'p50, ms': ({ p50_us: value }) => (value / 1000).toFixed(2),
  'p99, ms': ({ p99_us: value }) => (value / 1000).toFixed(2),
  'server CPU, µs/request': ({ cpu_us_per_request: value }) => value.toFixed(1),
};

export function printTable(rows, write = console.log) {
  const names = [...new Set(rows.map(({ name }) => name))];
  const connections = [...new Set(rows.map((row) => row.connections))];
  const width = Math.max(...names.map((name) => name.length));
  for (const [title, format] of Object.entries(figures)) {
    write(`\n${title.padEnd(width)}${connections.map((count) => `c=${count}`.padStart(11)).join('')}`);
    for (const name of names) {
      const cells = connections.map((count) => {
        const row = rows.find((candidate) => candidate.name === name && candidate.connections === count);
        return (row ? format(row) : '').padStart(11);
      });
      write(name.padEnd(width) + cells.join(''));
    }
  }
  const wrong = rows.filter((row) => row.wrong > 0);
  write(wrong.length ? `\nwrong answers: ${JSON.stringify(wrong)}` : '\nevery answer was checked; none was wrong');
}
