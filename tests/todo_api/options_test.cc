#include "todo_api/options.h"

#include <gtest/gtest.h>

namespace mcph::todo_api {
namespace {

using Arguments = std::vector<std::string>;

Arguments with(Arguments more) {
  Arguments all{"--issuer", "https://issuer.example/as", "--audience", "https://todo.example"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

TEST(ParseOptions, TakesWhatTheDemoPasses) {
  const auto options = parse_options(with({"--listen", "127.0.0.2:12345", "--allow-faults"}));
  ASSERT_TRUE(options.ok());
  EXPECT_EQ(options->address, "127.0.0.2");
  EXPECT_EQ(options->port, 12345);
  EXPECT_EQ(options->issuer, "https://issuer.example/as");
  EXPECT_EQ(options->audience, "https://todo.example");
  EXPECT_TRUE(options->allow_faults);
}

TEST(ParseOptions, ServesNoFaultsUnlessTold) {
  EXPECT_FALSE(parse_options(with({}))->allow_faults);
}

TEST(ParseOptions, TakesAnIpv6AddressInBrackets) {
  EXPECT_EQ(parse_options(with({"--listen", "[::1]:80"}))->address, "::1");
}

TEST(ParseOptions, RefusesWhatItDoesNotUnderstand) {
  for (const Arguments& wrong :
       {with({"--listen", "9500"}), with({"--listen", "a:65536"}), with({"--listen", "a:"}),
        with({"--listen"}), with({"--verbose", "1"}), Arguments{},
        Arguments{"--issuer", "https://issuer.example"},
        Arguments{"--issuer", "http://issuer.example", "--audience", "a"},
        Arguments{"--issuer", "issuer", "--audience", "a"}}) {
    EXPECT_FALSE(parse_options(wrong).ok()) << ::testing::PrintToString(wrong);
  }
}

}  // namespace
}  // namespace mcph::todo_api
