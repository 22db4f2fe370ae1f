#include "base/http_message.h"

namespace mcph {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

std::string_view to_string(Method method) noexcept {
  switch (method) {
    case Method::kGet: return "GET";
    case Method::kHead: return "HEAD";
    case Method::kPost: return "POST";
    case Method::kPut: return "PUT";
    case Method::kPatch: return "PATCH";
    case Method::kDelete: return "DELETE";
    case Method::kOptions: return "OPTIONS";
    case Method::kOther: break;
  }
  return "other";
}

bool iequals(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

void Headers::reserve(std::size_t text_bytes, std::size_t fields) {
  text_.reserve(text_bytes);
  spans_.reserve(fields);
}

void Headers::add(std::string_view name, std::string_view value) {
  spans_.push_back({static_cast<std::uint32_t>(text_.size()),
                    static_cast<std::uint32_t>(name.size()),
                    static_cast<std::uint32_t>(value.size())});
  text_.append(name).append(value);
}

void Headers::set(std::string_view name, std::string_view value) {
  Headers kept;
  for (std::size_t i = 0; i < size(); ++i) {
    const Field field = at(i);
    if (!iequals(field.name, name)) kept.add(field.name, field.value);
  }
  kept.add(name, value);
  *this = std::move(kept);
}

std::optional<std::string_view> Headers::find(std::string_view name) const noexcept {
  for (std::size_t i = 0; i < size(); ++i) {
    const Field field = at(i);
    if (iequals(field.name, name)) return field.value;
  }
  return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const noexcept {
  std::size_t n = 0;
  for (std::size_t i = 0; i < size(); ++i) n += iequals(at(i).name, name) ? 1 : 0;
  return n;
}

Headers::Field Headers::at(std::size_t index) const noexcept {
  const Span& span = spans_[index];
  const std::string_view text = text_;
  return {text.substr(span.at, span.name_bytes),
          text.substr(span.at + span.name_bytes, span.value_bytes)};
}

void Headers::clear() noexcept {
  text_.clear();
  spans_.clear();
}

std::string_view Request::path() const noexcept {
  return std::string_view(target).substr(0, target.find('?'));
}

std::string_view Request::query() const noexcept {
  const std::size_t mark = target.find('?');
  return mark == std::string::npos ? std::string_view{} : std::string_view(target).substr(mark + 1);
}

std::string_view Request::content_type() const noexcept {
  std::string_view type = headers.find("content-type").value_or(std::string_view{});
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  while (type.starts_with(' ') || type.starts_with('\t')) type.remove_prefix(1);
  return type;
}

Response make_text_response(int status, std::string_view content_type, std::string body) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", content_type);
  response.body = std::move(body);
  return response;
}

Response make_json_response(int status, std::string body) {
  return make_text_response(status, "application/json", std::move(body));
}

}  // namespace mcph
