// What to paste where, for the host that is running.
export function pasteInstructions({ publicUrl, adminUrl, adminToken }) {
  const url = `${publicUrl}/mcp`;
  const indented = (value) => JSON.stringify(value, null, 2).replace(/^/gm, '    ');
  return `
The host is up at ${url} and stays up until Ctrl-C.
Sign in as mary.sample / mary-demo or john.sample / john-demo.

  Claude Desktop (claude_desktop_config.json; mcp-remote carries stdio to HTTP)
${indented({ mcpServers: { 'mcp-host': { command: 'npx', args: ['-y', 'mcp-remote@0.15.1', url] } } })}

  Cursor (.cursor/mcp.json)
${indented({ mcpServers: { 'mcp-host': { url } } })}

  VS Code (.vscode/mcp.json)
${indented({ servers: { 'mcp-host': { type: 'http', url } } })}

  MCP Inspector
    npx @modelcontextprotocol/inspector
    then: transport "Streamable HTTP", URL ${url}, Connect

  Admin API
    curl -H 'Authorization: Bearer ${adminToken}' ${adminUrl}/admin/v1/clients
`;
}
