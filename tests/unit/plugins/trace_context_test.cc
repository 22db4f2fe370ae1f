#include "plugins/trace_context.h"

#include <gtest/gtest.h>

#include <string>

namespace mcph::plugins {
namespace {

const std::string kTrace = "0af7651916cd43dd8448eb211c80319c";
const std::string kSpan = "b7ad6b7169203331";

std::optional<TraceContext> read(const std::string& traceparent) {
  return find_trace_context(R"({"traceparent":")" + traceparent + R"("})");
}

TEST(TraceContext, IsWhatTheClientSent) {
  const auto context = find_trace_context(R"({"traceparent":"00-)" + kTrace + "-" + kSpan +
                                          R"(-01","tracestate":"a=1,b=2"})");
  ASSERT_TRUE(context.has_value());
  EXPECT_EQ(context->traceparent(), "00-" + kTrace + "-" + kSpan + "-01");
  EXPECT_EQ(context->traceparent_of("0000000000000001"), "00-" + kTrace + "-0000000000000001-01");
  EXPECT_EQ(context->state, "a=1,b=2");
  EXPECT_TRUE(context->sampled());
  EXPECT_FALSE(read("00-" + kTrace + "-" + kSpan + "-00")->sampled());
}

TEST(TraceContext, IsNothingWhenItBreaksTheFormat) {
  const std::string zeros32(32, '0'), zeros16(16, '0');
  for (const std::string& text :
       {std::string(), "01-" + kTrace + "-" + kSpan + "-01", "ff-" + kTrace + "-" + kSpan + "-01",
        "00-" + zeros32 + "-" + kSpan + "-01", "00-" + kTrace + "-" + zeros16 + "-01",
        "00-" + kTrace + "-" + kSpan, "00-" + kTrace + "-" + kSpan + "-0g",
        "00-0AF7651916cd43dd8448eb211c80319c-" + kSpan + "-01",
        "00_" + kTrace + "_" + kSpan + "_01", "00-" + kTrace + "-" + kSpan + "-01-x"}) {
    EXPECT_FALSE(read(text).has_value()) << text;
  }
  EXPECT_FALSE(find_trace_context("traceparent").has_value());
  EXPECT_FALSE(find_trace_context("[\"traceparent\"]").has_value());
  EXPECT_FALSE(find_trace_context(R"({"traceparent":7})").has_value());
}

TEST(TraceContext, LeavesOutAStateThatIsNoFieldValue) {
  const std::string parent = R"({"traceparent":"00-)" + kTrace + "-" + kSpan + R"(-01",)";
  EXPECT_EQ(find_trace_context(parent + R"("tracestate":"a\r\nb: c"})")->state, "");
  const std::string longer(513, 'a');
  EXPECT_EQ(find_trace_context(parent + R"("tracestate":")" + longer + "\"}")->state, "");
}

}  // namespace
}  // namespace mcph::plugins
