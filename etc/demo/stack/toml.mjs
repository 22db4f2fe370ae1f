// Writes a configuration: scalars, arrays of scalars and nested tables are all it needs.
const scalar = (value) => (Array.isArray(value) ? `[${value.map(scalar).join(', ')}]` : JSON.stringify(value));
const isTable = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

export function toToml(table, path = []) {
  const entries = Object.entries(table).filter(([, value]) => value !== undefined);
  const own = entries.filter(([, value]) => !isTable(value)).map(([key, value]) => `${key} = ${scalar(value)}\n`);
  const tables = entries.filter(([, value]) => isTable(value)).map(([key, value]) => toToml(value, [...path, key]));
  const header = path.length && own.length ? `\n[${path.join('.')}]\n` : '';
  return header + own.join('') + tables.join('');
}

/** `base` with the tables of `change` laid over it; undefined removes a key. */
export function overlay(base, change = {}) {
  const result = { ...base };
  for (const [key, value] of Object.entries(change)) {
    result[key] = isTable(value) && isTable(base[key]) ? overlay(base[key], value) : value;
  }
  return result;
}
