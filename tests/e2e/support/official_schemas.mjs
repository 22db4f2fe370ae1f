// The official JSON schema of every protocol revision: the conformance suite carries them inside its
// program, as object literals that are found by their $schema and read without running anything else.
import fs from 'node:fs';
import vm from 'node:vm';
import { createRequire } from 'node:module';
import { inRoot } from '../../../etc/demo/stack/paths.mjs';

const require = createRequire(import.meta.url);
const Ajv = require('ajv').default;
const Ajv2020 = require('ajv/dist/2020').default;
const addFormats = require('ajv-formats').default;

/** The text of the object literal that begins at `start`; its strings are between backquotes. */
function literalAt(text, start) {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '`' || text[at] === '"') {
      const quote = text[at];
      for (at += 1; text[at] !== quote; at += 1) if (text[at] === '\\') at += 1;
    } else if (text[at] === '{') {
      depth += 1;
    } else if (text[at] === '}') {
      depth -= 1;
      if (depth === 0) return text.slice(start, at + 1);
    }
  }
  throw new Error('an object literal without an end');
}

function readSchemas() {
  const text = fs.readFileSync(inRoot('node_modules/@modelcontextprotocol/conformance/dist/index.js'), 'utf8');
  const found = [];
  for (const { index } of text.matchAll(/=\{\$schema:`http[^`]*`,(?:\$defs|definitions):/g)) {
    const schema = vm.runInNewContext(`(${literalAt(text, index + 1)})`, Object.create(null));
    if ((schema.$defs ?? schema.definitions).InitializeRequest || schema.$defs?.DiscoverRequest) found.push(JSON.parse(JSON.stringify(schema)));
  }
  return found;
}

// In the order of publication, as the suite has them.
const REVISIONS = ['2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'];

/** One revision: its definitions and a check of a value against one of them. */
class Revision {
  constructor(name, schema) {
    this.name = name;
    this.definitions = schema.$defs ?? schema.definitions;
    this.path = schema.$defs ? '#/$defs/' : '#/definitions/';
    const Engine = schema.$defs ? Ajv2020 : Ajv;
    this.ajv = addFormats(new Engine({ strict: false, allErrors: true }));
    this.ajv.addSchema(schema, 'mcp');
  }

  has(definition) {
    return definition in this.definitions;
  }

  /** The first of these names that the revision knows. */
  first(...names) {
    return names.find((name) => this.has(name));
  }

  /** Nothing, or what is wrong with `value` as a `definition`. */
  complaint(definition, value) {
    const validate = this.ajv.getSchema(`mcp${this.path}${definition}`);
    if (validate(value)) return undefined;
    return `${definition}: ${this.ajv.errorsText(validate.errors)}`.slice(0, 600);
  }

  /** "ToolListChangedNotification" of "notifications/tools/list_changed"; `kind` is the end of it. */
  named(method, kind) {
    return Object.keys(this.definitions)
      .find((name) => name.endsWith(kind) && !/^(JSONRPC|Client|Server)(Request|Notification)$/.test(name) && this.definitions[name].properties?.method?.const === method);
  }
}

/** Erratum of 2025-11-25: bounds and default of a NumberSchema are numbers, as its TypeScript has them. */
function correct(schema) {
  for (const bound of Object.values(schema.$defs?.NumberSchema?.properties ?? {})) if (bound.type === 'integer') bound.type = 'number';
  return schema;
}

const schemas = readSchemas().map(correct);
if (schemas.length !== REVISIONS.length) throw new Error(`${schemas.length} official schemas found, not ${REVISIONS.length}`);
export const revisions = Object.fromEntries(REVISIONS.map((name, index) => [name, new Revision(name, schemas[index])]));
