#include "http/transport/response_writer.h"

#include <gtest/gtest.h>

#include <string>

namespace mcph::http {
namespace {

constexpr std::string_view kDate = "Date: today\r\n";

Response response(int status, std::string body) {
  Response made;
  made.status = status;
  made.headers.add("X-A", "1");
  made.body = std::move(body);
  return made;
}

std::string written(const Response& response, ReplyForm form = {}) {
  std::string out = "before|";
  write_reply(out, response, form, kDate);
  return out.substr(7);
}

TEST(WriteReply, PutsTheWholeAnswerBehindWhatIsThere) {
  EXPECT_EQ(written(response(200, "body")),
            "HTTP/1.1 200 OK\r\nDate: today\r\nX-A: 1\r\nContent-Length: 4\r\n\r\nbody");
  EXPECT_EQ(written(response(404, "")),
            "HTTP/1.1 404 Not Found\r\nDate: today\r\nX-A: 1\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(written(response(299, "")).substr(0, 22), "HTTP/1.1 299 Unknown\r\n");
}

TEST(WriteReply, SaysHowTheConnectionGoesOnOnlyWhereItIsNotUnderstood) {
  const Response ok = response(200, "");
  EXPECT_EQ(written(ok, {1, false, true}).find("Connection"), std::string::npos);
  EXPECT_NE(written(ok, {1, false, false}).find("Connection: close\r\n"), std::string::npos);
  EXPECT_NE(written(ok, {0, false, true}).find("Connection: keep-alive\r\n"), std::string::npos);
  EXPECT_NE(written(ok, {0, false, false}).find("Connection: close\r\n"), std::string::npos);
}

TEST(WriteReply, LeavesTheBodyAwayWhereThereMustBeNone) {
  const std::string head = written(response(200, "body"), {1, true, true});
  EXPECT_TRUE(head.ends_with("Content-Length: 4\r\n\r\n"));
  for (const int status : {204, 304}) {
    const std::string none = written(response(status, "body"));
    EXPECT_TRUE(none.ends_with("X-A: 1\r\n\r\n")) << none;
  }
}

TEST(WriteReply, OverridesTheHandlersFraming) {
  Response odd = response(200, "body");
  for (const char* name :
       {"Content-Length", "TRANSFER-ENCODING", "connection", "Keep-Alive", "Date"}) {
    odd.headers.add(name, "odd");
  }
  EXPECT_EQ(written(odd).find("odd"), std::string::npos);
}

TEST(WriteStream, IsChunkedInHttp11) {
  std::string out;
  write_stream_head(out, response(200, ""), {1, false, true}, kDate);
  EXPECT_EQ(out,
            "HTTP/1.1 200 OK\r\nDate: today\r\nX-A: 1\r\nContent-Type: text/event-stream\r\n"
            "Cache-Control: no-cache, no-transform\r\nX-Accel-Buffering: no\r\n"
            "Transfer-Encoding: chunked\r\n\r\n");
  out.clear();
  write_chunk(out, std::string(255, 'x'));
  EXPECT_EQ(out, "ff\r\n" + std::string(255, 'x') + "\r\n");
  out.clear();
  write_last_chunk(out);
  EXPECT_EQ(out, "0\r\n\r\n");
}

TEST(WriteStream, HasEachOfItsOwnFieldsOnce) {
  Response head;
  head.headers.add("content-type", "text/html");
  head.headers.add("Cache-Control", "public");
  head.headers.add("X-Accel-Buffering", "yes");
  std::string out;
  write_stream_head(out, head, {1, false, true}, "");
  EXPECT_EQ(out.find("text/html"), std::string::npos);
  EXPECT_EQ(out.find("public"), std::string::npos);
  EXPECT_EQ(out.find("yes"), std::string::npos);
}

TEST(IsSendable, TakesTextOfAnyLanguage) {
  Response fine;
  fine.headers.add("X-Name", "J\xc3\xb6rg\twith tab");
  fine.headers.add("x!#$%&'*+-.^_`|~9", "");
  EXPECT_TRUE(is_sendable(fine));
}

TEST(IsSendable, RefusesEveryControlCharacterInAValue) {
  for (int c = 0; c < 256; ++c) {
    Response doubtful;
    doubtful.headers.add("X", "a" + std::string(1, static_cast<char>(c)) + "b");
    const bool control = (c < 0x20 && c != '\t') || c == 0x7f;
    EXPECT_EQ(is_sendable(doubtful), !control) << c;
  }
}

TEST(IsSendable, RefusesNamesThatAreNotTokens) {
  for (const char* name : {"", "a b", "a:", "a\r\nb", "\xc3\xb6", "a/b", "(a)", "\"a\""}) {
    Response doubtful;
    doubtful.headers.add(name, "v");
    EXPECT_FALSE(is_sendable(doubtful)) << name;
  }
}

TEST(IsSendable, RefusesStatusesThatAreNoFinalAnswer) {
  for (const int status : {-200, 0, 100, 101, 199, 600, 2000}) {
    EXPECT_FALSE(is_sendable(response(status, ""))) << status;
  }
  EXPECT_TRUE(is_sendable(response(599, "")));
}

}  // namespace
}  // namespace mcph::http
