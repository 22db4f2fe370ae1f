#include "base/url.h"
#include "plugins/descriptor_parts.h"
#include "plugins/limits.h"

namespace mcph::plugins {
namespace {

constexpr std::size_t kResourceBytes = offsetof(mcph_resource, extra_json) + sizeof(void*);

// Reading may be done twice; the flags of tools have no meaning here.
constexpr std::uint32_t kFlags = MCPH_NEEDS_UPSTREAM | MCPH_NEVER_BLOCKS;

}  // namespace

Result<ResourceDescriptor> read_resource(const mcph_resource* resource, std::size_t index) {
  const std::string place = "resource " + std::to_string(index);
  if (resource == nullptr) return refused(place + " is missing (rule ABI-4)");
  if (resource->size < kResourceBytes) {
    return refused(place + " is shorter than in 1.0 (rule ABI-3)");
  }
  std::string uri = TRY(read_text(resource->uri, place + " uri"));
  ResourceDescriptor out;
  if (uri.find('{') != uri.npos) {
    auto parsed = mcp::UriTemplate::parse(uri);
    if (!parsed.ok()) return refused(place + ": its URI template " + parsed.error().message);
    out.uri_template = std::move(*parsed);
  } else if (uri.size() > kUriBytesMax || !parse_url(uri).ok()) {
    return refused(place + ": its URI is not valid");
  }
  const std::string what = "resource " + uri + ": ";
  if (resource->read == nullptr) return refused(what + "has no handler");
  out.name = std::move(uri);
  out.flags = (resource->flags & kFlags) | MCPH_READ_ONLY | MCPH_IDEMPOTENT;
  out.scopes = TRY(read_scopes(resource->scope, what + "scope"));
  out.function = resource->read;
  out.label = TRY(read_text(resource->name, what + "name"));
  if (out.label.empty()) return refused(what + "has no name");
  out.title = TRY(read_text(resource->title, what + "title"));
  out.description = TRY(read_text(resource->description, what + "description"));
  out.mime_type = TRY(read_text(resource->mime_type, what + "mime type"));
  out.extra = TRY(read_extra(resource->extra_json, what + "extra_json",
                             {"uri", "uriTemplate", "name", "title", "description", "mimeType"}));
  return out;
}

}  // namespace mcph::plugins
