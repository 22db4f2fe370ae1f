// A self-signed certificate for "localhost", made on the spot.
#pragma once

#include <string>

#include "http/transport/options.h"

namespace mcph::http::test {

// A directory of its own with certificate and key; removed at the end.
class TestCertificate {
 public:
  explicit TestCertificate(const std::string& common_name);
  ~TestCertificate();
  TestCertificate(const TestCertificate&) = delete;
  TestCertificate& operator=(const TestCertificate&) = delete;

  TlsFiles files() const;
  // A new key and certificate under the same file names.
  void replace(const std::string& common_name);

 private:
  std::string directory_;
};

}  // namespace mcph::http::test
