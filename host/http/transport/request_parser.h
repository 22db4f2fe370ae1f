// Boost.Beast's parser, writing straight into our Request. The only place that knows Beast.
//
// Beast finds the elements of a message; what it lets pass although the RFCs or this server do not
// is recorded as facts here and judged in framing_rules. Belongs to one connection.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/http_message.h"
#include "http/transport/framing_rules.h"
#include "http/transport/options.h"

namespace mcph::http {

class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  RequestParser(const Limits& limits, Request& request);
  RequestParser& operator=(RequestParser&&) = default;

  // Consumes what makes up whole elements from the front of `input` and says how much that was.
  // Until the head is complete it consumes nothing beyond it, so that the head can be judged
  // before its body is looked at.
  struct Parsed {
    std::size_t consumed;
    bool need_more;
    std::optional<Refusal> refusal;
  };
  Parsed parse(std::string_view input);

  const HeadFacts& facts() const noexcept { return facts_; }

 private:
  using Field = boost::beast::http::field;
  using Text = boost::beast::string_view;
  using Error = boost::beast::error_code;

  void on_request_impl(boost::beast::http::verb verb, Text method, Text target, int version,
                       Error& error) override;
  void on_response_impl(int, Text, int, Error&) override {}
  void on_field_impl(Field field, Text name, Text value, Error& error) override;
  void on_header_impl(Error&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, Error&) override;
  std::size_t on_body_impl(Text bytes, Error&) override;
  void on_chunk_header_impl(std::uint64_t, Text extensions, Error& error) override;
  std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, Error& error) override;
  void on_finish_impl(Error&) override {}

  void refuse(Refusal refusal, Error& error);
  void note(Field field, std::string_view name);
  FieldFact* fact_of(Field field, std::string_view name);
  Refusal judge(Error error, std::string_view input) const;

  const Limits* limits_;
  Request* request_;
  HeadFacts facts_;
  std::string_view input_;  // of the parse() under way
  std::optional<Refusal> refusal_;
  std::size_t trailer_count_ = 0;
  std::size_t trailer_bytes_ = 0;
  std::size_t extension_bytes_ = 0;
};

}  // namespace mcph::http
