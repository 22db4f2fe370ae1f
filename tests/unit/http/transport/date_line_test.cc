#include "http/transport/date_line.h"

#include <gtest/gtest.h>

namespace mcph::http {
namespace {

TEST(DateLine, IsWrittenAsTheStandardHasIt) {
  DateLine date;
  date.refresh(from_unix(784111777));  // RFC 9110 §5.6.7
  EXPECT_EQ(date.text(), "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
}

TEST(DateLine, FollowsTheClock) {
  DateLine date;
  date.refresh(from_unix(0));
  EXPECT_EQ(date.text(), "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n");
  date.refresh(from_unix(951868799));
  EXPECT_EQ(date.text(), "Date: Tue, 29 Feb 2000 23:59:59 GMT\r\n");
}

}  // namespace
}  // namespace mcph::http
