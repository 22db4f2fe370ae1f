#include "http/admin_request.h"

#include <gtest/gtest.h>

namespace mcph::http {
namespace {

Request with_header(std::string_view name, std::string_view value) {
  Request request;
  request.headers.add(name, value);
  return request;
}

template <class T>
int status_of(const OrRefusal<T>& read) {
  const auto* refusal = std::get_if<Response>(&read);
  return refusal == nullptr ? 200 : refusal->status;
}

int status_of_query(std::string target) {
  Request request;
  request.target = std::move(target);
  return status_of(read_query(request, {"limit", "cursor"}));
}

TEST(FindBearerToken, TakesTheSchemeInAnyCase) {
  EXPECT_EQ(find_bearer_token(with_header("Authorization", "bearer abc")), "abc");
  EXPECT_EQ(find_bearer_token(with_header("authorization", "Bearer abc")), "abc");
}

TEST(FindBearerToken, TakesNothingElse) {
  for (const auto* value : {"Basic abc", "Bearer", "Bearer ", "Bearerabc", ""}) {
    EXPECT_FALSE(find_bearer_token(with_header("Authorization", value))) << value;
  }
  Request twice = with_header("Authorization", "Bearer abc");
  twice.headers.add("Authorization", "Bearer abc");
  EXPECT_FALSE(find_bearer_token(twice));
}

TEST(ReadObject, TellsWhatIsWrongWithABody) {
  const auto status = [](std::string_view type, std::string body, Method method = Method::kPost) {
    Request request = with_header("Content-Type", type);
    request.method = method;
    request.body = std::move(body);
    return status_of(read_object(request, false));
  };
  EXPECT_EQ(status("application/json; charset=utf-8", "{}"), 200);
  EXPECT_EQ(status("application/merge-patch+json", "{}", Method::kPatch), 200);
  EXPECT_EQ(status("application/merge-patch+json", "{}"), 415);
  EXPECT_EQ(status("text/plain", "{}"), 415);
  EXPECT_EQ(status("application/json", "{"), 400);
  EXPECT_EQ(status("application/json", ""), 400);
  EXPECT_EQ(status("application/json", "[]"), 422);
}

TEST(ReadObject, TakesNoBodyForAnEmptyOneWhereThatIsAllowed) {
  EXPECT_EQ(status_of(read_object(Request{}, true)), 200);
  EXPECT_EQ(status_of(read_object(Request{}, false)), 415);
}

TEST(ReadQuery, RefusesNamesItDoesNotKnowAndNamesGivenTwice) {
  EXPECT_EQ(status_of_query("/?limit=1&cursor=a"), 200);
  EXPECT_EQ(status_of_query("/"), 200);
  EXPECT_EQ(status_of_query("/?limits=1"), 422);
  EXPECT_EQ(status_of_query("/?limit=1&limit=2"), 422);
  EXPECT_EQ(status_of_query("/?limit=%zz"), 400);
}

TEST(ReadPaging, ChecksTheLimitAndTheCursor) {
  const auto paging = [](std::string limit, std::string cursor) {
    return read_paging(Query{{{"limit", std::move(limit)}, {"cursor", std::move(cursor)}}});
  };
  EXPECT_EQ(std::get<Paging>(paging("7", make_cursor("abc"))).limit, 7u);
  EXPECT_EQ(std::get<Paging>(paging("7", make_cursor("abc"))).after, "abc");
  for (const auto* limit : {"0", "201", "-1", "x", "1x"})
    EXPECT_EQ(status_of(paging(limit, "")), 422);
  EXPECT_EQ(status_of(paging("", "not base64!")), 422);
}

TEST(ReadIfMatch, ReadsATagOfOursOrAnyOrNone) {
  EXPECT_FALSE(std::get<Precondition>(read_if_match(Request{})).given);
  const auto tag = std::get<Precondition>(read_if_match(with_header("If-Match", make_etag(42))));
  EXPECT_TRUE(tag.given);
  EXPECT_EQ(tag.version, 42);
  const auto any = std::get<Precondition>(read_if_match(with_header("If-Match", "*")));
  EXPECT_TRUE(any.given);
  EXPECT_FALSE(any.version);
  for (const auto* value : {"42", "W/\"42\"", "\"x\"", "\"\"", "\"1\", \"2\""}) {
    EXPECT_EQ(status_of(read_if_match(with_header("If-Match", value))), 412) << value;
  }
}

}  // namespace
}  // namespace mcph::http
