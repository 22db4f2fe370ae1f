// mcp-test-server: the MCP endpoint with demo tools, for clients in other processes. Prints its URL
// and a token, one a line, and serves until its standard input ends.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

#include "mcp/support/demo_tools.h"
#include "mcp/support/mcp_server.h"

int main(int argc, char** argv) {
  const int port = argc > 1 ? std::atoi(argv[1]) : 0;
  const int workers = argc > 2 ? std::atoi(argv[2]) : 2;
  mcph::test::McpServer server(static_cast<std::uint16_t>(port), static_cast<std::size_t>(workers));
  mcph::test::add_demo_tools(server.catalog);
  std::printf("http://localhost:%d/mcp\n%s\n", server.port(), server.issue_token().c_str());
  std::fflush(stdout);
  for (std::string line; std::getline(std::cin, line);) {
    if (line == "pending") {  // was the last call to `patient` cancelled?
      const auto call = server.catalog.pending();
      std::printf("%s\n", call == nullptr ? "none" : call->cancelled() ? "cancelled" : "running");
      std::fflush(stdout);
    }
  }
  if (const auto call = server.catalog.pending()) call->cancel();
  return 0;
}
