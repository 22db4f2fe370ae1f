#include "base/http_message.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace mcph {
namespace {

constexpr std::array<char, 256> kLower = [] {
  std::array<char, 256> lower{};
  for (std::size_t i = 0; i < lower.size(); ++i) {
    lower[i] = static_cast<char>(i >= 'A' && i <= 'Z' ? i + 32 : i);
  }
  return lower;
}();

char lower(char c) noexcept {
  return kLower[static_cast<unsigned char>(c)];
}

}  // namespace

std::string_view to_string(Method method) noexcept {
  switch (method) {
    case Method::kGet:
      return "GET";
    case Method::kHead:
      return "HEAD";
    case Method::kPost:
      return "POST";
    case Method::kPut:
      return "PUT";
    case Method::kPatch:
      return "PATCH";
    case Method::kDelete:
      return "DELETE";
    case Method::kOptions:
      return "OPTIONS";
    case Method::kOther:
      break;
  }
  return "other";
}

bool iequals(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  if (std::memcmp(a.data(), b.data(), a.size()) == 0) return true;  // most clients write it our way
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

bool Headers::is_named(const Span& span, std::string_view name) const noexcept {
  // Most fields differ in length already.
  return span.name_bytes == name.size() &&
         iequals(std::string_view(text_.data() + span.at, span.name_bytes), name);
}

std::optional<std::string_view> Headers::find(std::string_view name) const noexcept {
  for (const Span& span : spans_) {
    if (!is_named(span, name)) continue;
    return std::string_view(text_.data() + span.at + span.name_bytes, span.value_bytes);
  }
  return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const noexcept {
  return static_cast<std::size_t>(std::count_if(
      spans_.begin(), spans_.end(), [&](const Span& span) { return is_named(span, name); }));
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
