#include "http/health_routes.h"

#include "unit/http/support.h"

namespace mcph::http {
namespace {

class HealthRoutes : public RouterTest {
 protected:
  HealthRoutes() {
    add_health_routes(router, {[this] { return database_; }, [this] { return plugins_; }}, quiet_);
  }
  static Error away() { return Error{Code::kUnavailable, "away", "10.0.0.5 refused"}; }

  const Log quiet_{clock, STDERR_FILENO, LogLevel::kError};
  Result<> database_ = Ok{};
  Result<> plugins_ = Ok{};
};

TEST_F(HealthRoutes, SayThatTheProcessLivesWhateverElseDoesNot) {
  database_ = away();
  EXPECT_EQ(send(make(Method::kGet, "/healthz")).status, 200);
}

TEST_F(HealthRoutes, SayReadyWhenEverythingIs) {
  const auto response = send(make(Method::kGet, "/readyz"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, R"({"database":true,"plugins":true})");
}

TEST_F(HealthRoutes, SayWhatIsNotReadyWithoutDetails) {
  database_ = away();
  const auto response = send(make(Method::kGet, "/readyz"));
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body, R"({"database":false,"plugins":true})");
  database_ = Ok{};
  plugins_ = away();
  EXPECT_EQ(send(make(Method::kGet, "/readyz")).body, R"({"database":true,"plugins":false})");
}

}  // namespace
}  // namespace mcph::http
