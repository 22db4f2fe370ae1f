// Which URIs fit a resource template, and which values are in them.
#include "mcp/uri_template.h"

#include <gtest/gtest.h>

namespace mcph::mcp {
namespace {

// "a=1 b=2", "-" for a URI that does not fit.
std::string match(std::string_view text, std::string_view uri) {
  const auto parsed = UriTemplate::parse(text);
  EXPECT_TRUE(parsed.ok()) << text;
  if (!parsed.ok()) return "not parsed";
  const auto variables = parsed->match(uri);
  if (!variables) return "-";
  std::string out;
  for (const auto& [name, value] : *variables) {
    out += (out.empty() ? "" : " ") + name + "=" + value;
  }
  return out;
}

TEST(UriTemplate, FindsItsVariables) {
  EXPECT_EQ(match("test://template/{id}/data", "test://template/123/data"), "id=123");
  EXPECT_EQ(match("db://{table}/{row}", "db://users/7"), "table=users row=7");
  EXPECT_EQ(match("file:///{+path}", "file:///a/b/c.txt"), "path=a/b/c.txt");
  EXPECT_EQ(match("urn:note:{id}", "urn:note:42"), "id=42");
  EXPECT_EQ(match("a://x/{+path}/{name}.txt", "a://x/p/q/r.txt"), "path=p/q name=r");
  EXPECT_EQ(match("a://x/{a}-{b}", "a://x/1-2-3"), "a=1 b=2-3");
}

TEST(UriTemplate, RefusesWhatDoesNotFit) {
  for (const char* uri :
       {"", "test://template/", "test://template//data", "test://template/1/dat",
        "test://template/1/data/", "test://other/1/data", "TEST://template/1/data",
        "test://template/1/2/data", "test://template/a?b/data", "test://template/a#b/data"}) {
    EXPECT_EQ(match("test://template/{id}/data", uri), "-") << uri;
  }
  EXPECT_EQ(match("file:///{+path}", "file:///"), "-");
}

TEST(UriTemplate, DecodesOnce) {
  EXPECT_EQ(match("a://x/{id}", "a://x/caf%C3%A9%20%2541"), "id=café %41");
  EXPECT_EQ(match("a://x/{+p}", "a://x/a%2Fb"), "p=a/b");
}

TEST(UriTemplate, RefusesValuesThatLeadElsewhere) {
  for (const char* value :
       {"..", ".", "%2e%2e", "%2E.", "a%2Fb", "a%00b", "a%0Ab", "%ff", "%zz", "%", "%c0%af"}) {
    EXPECT_EQ(match("a://x/{id}", std::string("a://x/") + value), "-") << value;
  }
  for (const char* value :
       {"../etc/passwd", "a/../b", "a/..", "a/%2e%2e/b", "a%2F..%2Fb", "./a", "a/./b", "a%00"}) {
    EXPECT_EQ(match("a://x/{+path}", std::string("a://x/") + value), "-") << value;
  }
  EXPECT_EQ(match("a://x/{+path}", "a://x/.../..a"), "path=.../..a");
}

TEST(UriTemplate, IsRefusedWhenItIsNone) {
  const std::pair<const char*, const char*> cases[] = {
      {"a://x/{id", "has a '{' without '}'"},
      {"a://x/id}", "has a character that belongs into no URI"},
      {"a://x/{id} y", "has a character that belongs into no URI"},
      {"a://x/{}", "has an expression that is neither {x} nor {+x}"},
      {"a://x/{?q}", "has an expression that is neither {x} nor {+x}"},
      {"a://x/{id*}", "has an expression that is neither {x} nor {+x}"},
      {"a://x/{a}{b}", "has nothing between two variables"},
      {"{a}://x", "begins with a variable"},
      {"a://x/{a}/{a}", "has a variable twice"},
      {"no-scheme/{a}", "does not make URIs"},
      {"a{b}://x", "does not make URIs"},
      {"", "does not make URIs"},
  };
  for (const auto& [text, why] : cases) {
    const auto parsed = UriTemplate::parse(text);
    ASSERT_FALSE(parsed.ok()) << text;
    EXPECT_EQ(parsed.error().message, why) << text;
  }
}

TEST(UriTemplate, GivesUpOnAUriMadeToKeepItBusy) {
  const auto parsed = UriTemplate::parse("a:{+a}a{+b}a{+c}a{+d}a{+e}a{+f}b");
  ASSERT_TRUE(parsed.ok());
  EXPECT_FALSE(parsed->match("a:" + std::string(2'000, 'a') + "c").has_value());
}

TEST(UriTemplate, ThatSaysMoreComesFirst) {
  const auto more = [](std::string_view a, std::string_view b) {
    const auto first = UriTemplate::parse(a), second = UriTemplate::parse(b);
    EXPECT_FALSE(UriTemplate::says_more(*second, *first)) << b << " before " << a;
    return UriTemplate::says_more(*first, *second);
  };
  EXPECT_TRUE(more("a://x/docs/{+p}", "a://x/{id}"));
  EXPECT_TRUE(more("a://x/{id}", "a://x/{+p}"));
  EXPECT_TRUE(more("a://x/{id}/data", "a://x/{id}"));
  EXPECT_FALSE(more("a://x/{id}", "a://x/{key}"));
}

TEST(UriTemplate, KnowsItsVariables) {
  const auto parsed = UriTemplate::parse("a://{x}/{+y}");
  ASSERT_TRUE(parsed.ok());
  EXPECT_TRUE(parsed->has_variable("x") && parsed->has_variable("y"));
  EXPECT_FALSE(parsed->has_variable("z"));
}

}  // namespace
}  // namespace mcph::mcp
