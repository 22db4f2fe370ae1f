// The Todo API as the signed-in user. Every function returns the user's whole list as the API tells
// it, a JSON array, or throws mcph::Failure with "API request failure: <status>". Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "mcph/http.hpp"

namespace todo_api {

class TodoClient {
 public:
  // `base_url` without a slash at its end.
  TodoClient(const mcph_host* host, std::string base_url)
      : http_(host), base_url_(std::move(base_url)) {}

  std::string list(mcph::Call call) const;
  std::string add(mcph::Call call, std::string_view text) const;
  std::string set_completed(mcph::Call call, std::string_view id, bool completed) const;
  std::string remove(mcph::Call call, std::string_view id) const;

 private:
  std::string send(mcph::Call call, std::string_view method, const std::string& path,
                   std::string_view json = {}) const;

  mcph::Http http_;
  std::string base_url_;
};

}  // namespace todo_api
