// tools/list of hosts with 1,000 and 10,000 tools: the whole list in one answer, and pages of 100.
import { inBuild } from '../../etc/demo/stack/paths.mjs';

const WHOLE = 10_000;
const PAGE = 100;

/** The hosts to start: {config, title} each. Without authorization: its cost is measured elsewhere. */
export const listHosts = [1_000, 10_000].flatMap((tools) => [WHOLE, PAGE].map((page) => ({
  title: `tools/list, ${tools.toLocaleString('en-US')} tools, ${page === WHOLE ? 'whole' : `page of ${PAGE}`}`,
  config: {
    auth: { mode: 'off' }, log: { level: 'warn' }, listen: { workers: 1 }, mcp: { page_size: page, streams_per_user_max: 10_000 },
    plugins: { directory: inBuild('release/tests/bench', `tools_${tools}`) }, plugin: undefined,
  },
})));

const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} };

export const listTargets = (hosts) => hosts.map((host, index) => ({
  name: listHosts[index].title,
  url: `${host.origin}/mcp`,
  headers: {
    'content-type': 'application/json', accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2026-07-28',
    'mcp-method': 'tools/list',
  },
  body: { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: meta } },
  expect: 'order_00099',
  pid: host.process.pid,
}));
