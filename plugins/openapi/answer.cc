#include "answer.h"

#include <algorithm>

#include "limits.h"
#include "mcph/call.hpp"
#include "media_type.h"

namespace openapi {
namespace {

[[noreturn]] void fail(mcph_status why, std::string text) {
  throw mcph::Failure(why, std::move(text));
}

// What a client did wrong is worth reading; what went wrong in a server is not for strangers.
std::string explain(const Reply& reply) {
  const bool is_text = media_type_of(reply.content_type) == "text/plain";
  if (reply.body.empty() || !is_utf8(reply.body)) return ".";
  if (is_text) return ": " + shorten(reply.body, kErrorBytesMax);
  if (!is_json_media_type(reply.content_type)) return ".";
  try {
    return ": " + shorten(Json::parse(reply.body).write(), kErrorBytesMax);
  } catch (const mcph::JsonError&) {
    return ".";
  }
}

std::string when_to_retry(const Reply& reply) {
  const std::string& when = reply.retry_after;
  const bool printable =
      !when.empty() && when.size() <= kRetryAfterBytesMax &&
      std::all_of(when.begin(), when.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
  if (!printable) return " Try again later.";
  const bool seconds = when.find_first_not_of("0123456789") == std::string::npos;
  return " Try again after " + when + (seconds ? " seconds." : ".");
}

void check_status(const Reply& reply) {
  const std::uint32_t status = reply.status;
  if (status / 100 == 2) return;
  const std::string said = "The API answered " + std::to_string(status);
  if (status / 100 == 3) {
    fail(MCPH_E_UNAVAILABLE, said + ": it points elsewhere, which is not followed.");
  }
  switch (status) {
    case 401:
      fail(MCPH_E_UNAUTHORIZED, said + ": the sign-in is not accepted.");
    case 403:
      fail(MCPH_E_FORBIDDEN, said + ", the user may not do this" + explain(reply));
    case 404:
    case 410:
      fail(MCPH_E_NOT_FOUND, said + ", there is no such thing" + explain(reply));
    case 429:
      fail(MCPH_E_UNAVAILABLE, said + ", too many requests." + when_to_retry(reply));
    default:
      break;
  }
  if (status / 100 == 4) fail(MCPH_E_INTERNAL, said + explain(reply));
  fail(MCPH_E_UNAVAILABLE, said + "." + when_to_retry(reply));
}

// RFC 6901, without URI escapes.
const Json* find_pointer(const Json& value, std::string_view pointer) {
  const Json* at = &value;
  while (!pointer.empty() && at != nullptr) {
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    std::string step;
    for (std::size_t i = 0; i < end; ++i) {
      const bool escaped = pointer[i] == '~' && i + 1 < end;
      step += escaped ? (pointer[++i] == '0' ? '~' : '/') : pointer[i];
    }
    pointer.remove_prefix(end);
    if (at->is_array()) {
      const bool number = !step.empty() && step.size() < 7 &&
                          step.find_first_not_of("0123456789") == std::string::npos;
      const std::size_t index = number ? std::stoul(step) : at->items().size();
      at = index < at->items().size() ? &at->items()[index] : nullptr;
    } else {
      at = at->find(step);
    }
  }
  return at;
}

Json keep_fields(const Json& value, const std::vector<std::string>& fields) {
  if (value.is_array()) {
    Json out = Json::array();
    for (const Json& item : value.items()) {
      out.push(item.is_object() ? keep_fields(item, fields) : item);
    }
    return out;
  }
  if (!value.is_object()) return value;
  Json out = Json::object();
  for (const std::string& name : fields) {
    if (const Json* member = value.find(name)) out.set(name, *member);
  }
  return out;
}

std::string pick(const Json& value, const Change& change) {
  const Json* picked = find_pointer(value, change.pick);
  if (picked == nullptr) fail(MCPH_E_UNAVAILABLE, "The API's answer has no " + change.pick + ".");
  return change.fields.empty() ? picked->write() : keep_fields(*picked, change.fields).write();
}

}  // namespace

Answer make_answer(const Reply& reply, const Change& change) {
  check_status(reply);
  if (reply.body.empty()) {
    return {{}, "Done: the API answered " + std::to_string(reply.status) + " without content."};
  }
  const std::string type = media_type_of(reply.content_type);
  if (!is_json_media_type(type) && !type.starts_with("text/")) {
    fail(MCPH_E_UNAVAILABLE,
         "The API's answer is " +
             (type.empty() || !is_utf8(type) ? "of no type" : shorten(type, kNameBytesMax)) +
             ", neither JSON nor text.");
  }
  if (!is_utf8(reply.body)) fail(MCPH_E_UNAVAILABLE, "The API's answer is not UTF-8.");
  if (is_json_media_type(type)) {
    try {
      return {pick(Json::parse(reply.body), change), {}};
    } catch (const mcph::JsonError&) {
      fail(MCPH_E_UNAVAILABLE, "The API's answer says it is JSON, and is not.");
    }
  }
  if (!change.pick.empty()) fail(MCPH_E_UNAVAILABLE, "The API's answer is text and not JSON.");
  return {{}, reply.body};
}

}  // namespace openapi
