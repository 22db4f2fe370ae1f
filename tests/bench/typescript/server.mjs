// What a user would otherwise run: the demo's tools on the official TypeScript SDK, with sessions,
// and bearer tokens looked up in memory. Prints one line of JSON when it listens. Measured beside
// the host by `./run bench`; nothing else uses it.
//
//   node server.mjs --port 0 --token TOKEN --todo-url http://127.0.0.1:9500 --upstream-token JWT
import { randomUUID } from "node:crypto";
import { Agent, createServer, request as httpRequest } from "node:http";
import { parseArgs } from "node:util";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const { values: flags } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    token: { type: "string" },
    "todo-url": { type: "string", default: "" },
    "upstream-token": { type: "string", default: "" },
  },
});

const tokens = new Map([[flags.token, { sub: "bench", scope: "mcp:tools" }]]);
const sessions = new Map(); // session id -> transport
const downstream = new Agent({ keepAlive: true, maxSockets: 64 });

function fetchTodos() {
  return new Promise((resolve, reject) => {
    const call = httpRequest(`${flags["todo-url"]}/api/todos`, {
      agent: downstream,
      headers: { authorization: `Bearer ${flags["upstream-token"]}` },
    });
    call.on("error", reject);
    call.on("response", (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => resolve(JSON.parse(Buffer.concat(parts).toString("utf8")).todos));
    });
    call.end();
  });
}

const text = (value) => ({ content: [{ type: "text", text: JSON.stringify(value, null, 2) }] });

function makeServer(user) {
  const server = new McpServer({ name: "bench", version: "1.0.0" });
  server.registerTool("who_am_I", { description: "Who is signed in." }, () => text(user));
  server.registerTool("get_my_todo_list", { description: "The user's to-do list." }, async () =>
    text(await fetchTodos()),
  );
  server.registerTool(
    "create_new_todo",
    { description: "Adds a to-do.", inputSchema: { text: z.string() } },
    ({ text: todo }) => text({ todo }),
  );
  server.registerTool(
    "toggle_todo_status",
    {
      description: "Ticks a to-do off or on.",
      inputSchema: { todoId: z.string(), completed: z.boolean() },
    },
    (input) => text(input),
  );
  server.registerTool(
    "deleteTodo",
    { description: "Deletes a to-do.", inputSchema: { todoId: z.string() } },
    (input) => text(input),
  );
  return server;
}

async function openSession(user) {
  const transport = new StreamableHTTPServerTransport({
    enableJsonResponse: true,
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => sessions.set(id, transport),
  });
  transport.onclose = () => sessions.delete(transport.sessionId);
  await makeServer(user).connect(transport);
  return transport;
}

const server = createServer(async (request, response) => {
  const user = tokens.get(request.headers.authorization?.replace(/^Bearer /, ""));
  if (!user) {
    response.writeHead(401, { "www-authenticate": "Bearer" }).end();
    return;
  }
  const id = request.headers["mcp-session-id"];
  const transport = id ? sessions.get(id) : await openSession(user);
  if (!transport) {
    response.writeHead(404).end();
    return;
  }
  await transport.handleRequest(request, response);
});

server.listen(Number(flags.port), "127.0.0.1", () =>
  console.log(JSON.stringify({ port: server.address().port })),
);
