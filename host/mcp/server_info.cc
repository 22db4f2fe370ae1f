#include "mcp/server_info.h"

#include "mcp/jsonrpc.h"
#include "mcp/limits.h"
#include "mcp/meta.h"

namespace mcph::mcp {
namespace {

std::string make_implementation(const Introduction& introduction, bool titled) {
  std::string out = R"({"name":)";
  append_json_string(out, introduction.name);
  if (titled && !introduction.title.empty()) {
    out += R"(,"title":)";
    append_json_string(out, introduction.title);
  }
  out += R"(,"version":)";
  append_json_string(out, introduction.version);
  out += '}';
  return out;
}

std::string make_end(std::string_view result_type, const std::string& implementation) {
  std::string out = R"(,"resultType":)";
  append_json_string(out, result_type);
  out += R"(,"_meta":{)";
  append_json_string(out, meta_keys::kServerInfo);
  out += ':';
  out += implementation;
  out += "}}";
  return out;
}

}  // namespace

ServerInfo::ServerInfo(const Introduction& introduction)
    : implementation_(make_implementation(introduction, true)),
      untitled_implementation_(make_implementation(introduction, false)) {
  if (!introduction.instructions.empty()) {
    instructions_member_ = R"(,"instructions":)";
    append_json_string(instructions_member_, introduction.instructions);
  }
  modern_end_ = make_end("complete", implementation_);
  modern_input_end_ = make_end("input_required", implementation_);
  modern_task_end_ = make_end("task", implementation_);
  modern_cacheable_end_ = R"(,"ttlMs":)" + std::to_string(limits::kListTtlMs) +
                          R"(,"cacheScope":"private")" + modern_end_;
}

const std::string& ServerInfo::implementation(Version version) const noexcept {
  // `title` came with 2025-06-18.
  return version < Version::k2025_06_18 ? untitled_implementation_ : implementation_;
}

}  // namespace mcph::mcp
