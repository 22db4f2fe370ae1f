// What plugins call: whether their file is there, and whether their APIs answer and ask for a
// token.
#include <filesystem>

#include "app/doctor/doctor.h"

namespace mcph::app {
namespace {

constexpr std::int64_t kPatienceMs = 5'000;
constexpr Side kSide = Side::kApi;

Finding check_plugin(const std::string& directory, const std::string& name) {
  const std::string file = directory + '/' + name + ".so";
  std::error_code error;
  if (std::filesystem::is_regular_file(file, error)) return ok(kSide, "plugin." + name, file);
  return wrong(kSide, "plugin." + name, file + " is not there",
               "Install it, correct [plugins] directory, or remove its section.");
}

Finding check_api(const DoctorParts& parts, const std::string& plugin, const std::string& origin) {
  const std::string hop = "api." + plugin;
  net::HttpRequest request;
  request.url = origin + '/';
  request.timeout_ms = kPatienceMs;
  request.tag = "doctor";
  const auto response = parts.host_http.send(std::move(request));
  if (!response.ok()) {
    return wrong(kSide, hop, origin + ": " + response.error().message,
                 "Does the API run, and may this machine reach it? See [plugin." + plugin +
                     "] allowed_hosts.");
  }
  if (response->status >= 500) {
    return wrong(kSide, hop, origin + " answers " + std::to_string(response->status),
                 "The API is there but not well; its operators know more.");
  }
  return ok(kSide, hop, origin + " answers " + std::to_string(response->status));
}

}  // namespace

Findings examine_apis(const DoctorParts& parts) {
  Findings findings;
  for (const auto& [name, plugin] : parts.config.plugins) {
    if (!plugin.enabled) {
      findings.push_back(skipped(kSide, "plugin." + name, "it is not enabled"));
      continue;
    }
    findings.push_back(check_plugin(parts.config.plugins_directory, name));
    for (const std::string& origin : plugin.allowed_hosts) {
      findings.push_back(check_api(parts, name, origin));
    }
  }
  return findings;
}

}  // namespace mcph::app
