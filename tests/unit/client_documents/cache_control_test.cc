// RFC 9111 §5.2.2: how long an answer may be kept.
#include "client_documents/cache_control.h"

#include <gtest/gtest.h>

namespace mcph::client_documents {
namespace {

std::optional<Seconds> read(std::string_view value) {
  Headers headers;
  headers.add("Cache-Control", value);
  return read_max_age(headers);
}

TEST(CacheControl, SaysNothingWhenThereIsNone) {
  EXPECT_EQ(read_max_age({}), std::nullopt);
  EXPECT_EQ(read("public"), std::nullopt);
}

TEST(CacheControl, HasAMaximumAge) {
  EXPECT_EQ(read("max-age=60"), Seconds{60});
  EXPECT_EQ(read("public, Max-Age=60 , immutable"), Seconds{60});
}

TEST(CacheControl, ForbidsKeeping) {
  EXPECT_EQ(read("no-store"), Seconds{0});
  EXPECT_EQ(read("max-age=60, no-cache"), Seconds{0});
}

TEST(CacheControl, IsReadWithCare) {
  for (const char* odd : {"max-age=", "max-age=x", "max-age=-1"}) EXPECT_EQ(read(odd), Seconds{0});
  EXPECT_EQ(read("max-age=99999999999999999999999"), Seconds{365 * 24 * 3600});
}

}  // namespace
}  // namespace mcph::client_documents
