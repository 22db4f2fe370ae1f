// The running host: everything built, wired and started in one place (wiring.cc), and ended in the
// reverse order. Belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>

#include "app/config.h"
#include "base/result.h"
#include "base/time.h"
#include "observability/log.h"

namespace mcph::app {

class Host {
 public:
  // Builds all of it, loads plugins, binds both listeners. Clock and log must outlive the host.
  static Result<std::unique_ptr<Host>> create(const Config& config, const Clock& clock, Log& log);
  ~Host();

  // Begins to serve. Once.
  Result<> start();

  // Lets what is under way finish, for a while, then ends it. False when a plugin did not come
  // back: its code still uses this process, so the caller must leave without destroying the host.
  [[nodiscard]] bool stop();

  // Reads the certificate again and takes the key ring of `config`; everything else stays as it is.
  // An error leaves what could not be replaced in use.
  Result<> reload(const Config& config);

 private:
  struct Parts;
  explicit Host(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace mcph::app
