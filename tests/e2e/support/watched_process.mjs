// Loaded into the Node process of a client (`--import`): what the host sends it passes by the wire's
// check too. The findings of the process are in a file of its own, up to date after every message.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { recordFetch, recording } from './recording_fetch.mjs';
import { Wire } from './wire.mjs';

const { MCPH_WIRE_FOLDER: folder, MCPH_WIRE_ORIGINS: origins } = process.env;

class ReportingWire extends Wire {
  message(exchange, text) {
    super.message(exchange, text);
    fs.writeFileSync(path.join(folder, `${process.pid}.json`), JSON.stringify({ checked: this.checked, problems: this.problems }));
  }
}

const wire = new ReportingWire();
const isHost = (origin) => origins.split(' ').includes(origin);
recordFetch(wire, isHost);
// Some clients bring a fetch() of their own.
const undici = createRequire(import.meta.url)('undici');
undici.fetch = recording(undici.fetch, wire, isHost);
