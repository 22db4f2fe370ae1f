#include "http/transport/request_parser.h"

#include <algorithm>
#include <boost/beast/http/error.hpp>
#include <functional>

namespace mcph::http {
namespace {

namespace beast_http = boost::beast::http;

// Beast 1.81 takes for granted that the last chunk lies before it whole: "0" CRLF CRLF.
constexpr std::size_t kLastChunkBytes = 5;

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

Method to_method(beast_http::verb verb) {
  switch (verb) {
    case beast_http::verb::get:
      return Method::kGet;
    case beast_http::verb::head:
      return Method::kHead;
    case beast_http::verb::post:
      return Method::kPost;
    case beast_http::verb::put:
      return Method::kPut;
    case beast_http::verb::patch:
      return Method::kPatch;
    case beast_http::verb::delete_:
      return Method::kDelete;
    case beast_http::verb::options:
      return Method::kOptions;
    default:
      return Method::kOther;
  }
}

// RFC 9112 §5.2: a value continued on the next line. Beast joins the lines in a buffer of its own,
// or, if the first is empty, returns the second. Either way more than blanks lie between the name
// and the value, or the value does not lie in the input at all.
bool is_folded(std::string_view input, std::string_view name, std::string_view value) {
  const std::less<const char*> before;
  const char* const colon = name.data() + name.size();
  if (before(value.data(), colon) || before(input.data() + input.size(), value.data())) return true;
  for (const char* at = colon + 1; before(at, value.data()); ++at) {
    if (*at != ' ' && *at != '\t') return true;
  }
  return false;
}

}  // namespace

RequestParser::RequestParser(const Limits& limits, Request& request)
    : limits_(&limits), request_(&request) {
  header_limit(static_cast<std::uint32_t>(limits.head_bytes_max));
  body_limit(limits.body_bytes_max);
}

RequestParser::Parsed RequestParser::parse(std::string_view input) {
  if (facts_.chunked && input.size() < kLastChunkBytes) return {0, true, std::nullopt};
  input_ = input;
  Error error;
  const std::size_t consumed = put({input.data(), input.size()}, error);
  if (!facts_.head_done && is_header_done()) {
    facts_.head_done = true;
    facts_.keep_alive = keep_alive();
    facts_.chunked = chunked();
  }
  if (refusal_) return {consumed, false, refusal_};
  if (error == beast_http::error::need_more) {
    // Beast sets no limit to the line before a chunk and to the trailers.
    if (facts_.head_done && input.size() - consumed > limits_->head_bytes_max) {
      return {consumed, false, Refusal{431, "chunk header or trailers too long"}};
    }
    return {consumed, true, std::nullopt};
  }
  if (error) return {consumed, false, judge(error, input)};
  return {consumed, false, std::nullopt};
}

void RequestParser::on_request_impl(beast_http::verb verb, Text, Text target, int version, Error&) {
  facts_.request_line_done = true;
  facts_.minor_version = version == 10 ? 0 : 1;
  request_->method = to_method(verb);
  request_->target.assign(target.data(), target.size());
}

void RequestParser::on_field_impl(Field field, Text name, Text value, Error& error) {
  if (facts_.head_done) {
    // A trailer. It could pretend to be any field of the head, so none is passed on.
    trailer_bytes_ += name.size() + value.size();
    if (++trailer_count_ > limits_->header_count_max || trailer_bytes_ > limits_->head_bytes_max) {
      refuse({431, "too many trailers"}, error);
    }
    return;
  }
  if (is_folded(input_, view(name), view(value))) {
    return refuse({400, "a header field is folded over two lines"}, error);
  }
  if (request_->headers.size() >= limits_->header_count_max) {
    return refuse({431, "too many header fields"}, error);
  }
  request_->headers.add(view(name), view(value));
  note(field, view(name));
}

void RequestParser::note(Field field, std::string_view name) {
  if (FieldFact* fact = fact_of(field, name)) {
    if (++fact->count == 1) fact->index = request_->headers.size() - 1;
  }
}

FieldFact* RequestParser::fact_of(Field field, std::string_view name) {
  switch (field) {
    case Field::host:
      return &facts_.host;
    case Field::content_length:
      return &facts_.content_length;
    case Field::transfer_encoding:
      return &facts_.transfer_encoding;
    case Field::content_type:
      return &facts_.content_type;
    case Field::authorization:
      return &facts_.authorization;
    case Field::origin:
      return &facts_.origin;
    case Field::expect:
      return &facts_.expect;
    case Field::unknown:
      return name.size() > 4 && iequals(name.substr(0, 4), "mcp-") ? &facts_.mcp : nullptr;
    default:
      return nullptr;
  }
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, Error&) {
  // A promise only: memory follows as the bytes do.
  constexpr std::uint64_t kReserveBytesMax = 64 * 1024;
  if (length) {
    request_->body.reserve(static_cast<std::size_t>(std::min(*length, kReserveBytesMax)));
  }
}

std::size_t RequestParser::on_body_impl(Text bytes, Error&) {
  request_->body.append(bytes.data(), bytes.size());
  return bytes.size();
}

// RFC 9112 §7.1.1: extensions are ignored; but not without end.
void RequestParser::on_chunk_header_impl(std::uint64_t, Text extensions, Error& error) {
  extension_bytes_ += extensions.size();
  if (extension_bytes_ > limits_->head_bytes_max) {
    refuse({431, "chunk extensions too long"}, error);
  }
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text bytes, Error& error) {
  return on_body_impl(bytes, error);
}

void RequestParser::refuse(Refusal refusal, Error& error) {
  refusal_ = refusal;
  error = beast_http::error::bad_value;
}

Refusal RequestParser::judge(Error error, std::string_view input) const {
  if (error == beast_http::error::header_limit) {
    return facts_.request_line_done ? Refusal{431, "header fields too large"}
                                    : Refusal{414, "request line too long"};
  }
  if (error == beast_http::error::body_limit) return {413, "body too large"};
  if (error == beast_http::error::bad_version) return refuse_version(input);
  if (!facts_.request_line_done) return {400, "malformed request line"};
  if (!facts_.head_done) return {400, "malformed header field"};
  return {400, "malformed chunk"};
}

}  // namespace mcph::http
