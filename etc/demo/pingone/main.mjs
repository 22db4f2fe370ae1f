// Starts the stand-in from the command line and ends with the signal that ends it.
import { parseSettings, usage } from './settings.mjs';
import { startStandin } from './standin.mjs';

let settings;
try {
  settings = parseSettings(process.argv.slice(2));
} catch (error) {
  console.error(`${error.message}\n\n${usage}`);
  process.exit(2);
}
if (settings.help) {
  console.log(usage);
  process.exit(0);
}

const standin = await startStandin(settings);
console.log(`PingOne stand-in: ${standin.issuer}`);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await standin.close();
    process.exit(0);
  });
}
