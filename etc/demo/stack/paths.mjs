// Where things are in this repository.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const inRoot = (...parts) => path.join(root, ...parts);
export const inBuild = (...parts) => inRoot('build', ...parts);

const tree = process.env.MCPH_BUILD_TREE ?? inBuild('release');
export const binaries = {
  host: path.join(tree, 'bin/mcp-host'),
  todoApi: path.join(tree, 'bin/todo-api'),
  plugins: path.join(tree, 'plugins'),
  testPlugins: path.join(tree, 'tests/plugins'),
  conformancePlugins: path.join(tree, 'tests/plugins/conformance'),
};
