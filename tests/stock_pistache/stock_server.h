// Pistache's own HTTP endpoint, as its documentation shows it, in a process of its own: most of the
// defects end that process or keep it busy for ever.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

struct StockOptions {
  int workers = 1;
  int header_timeout_s = 60;
  std::string certificate_path;  // with these it speaks TLS
  std::string key_path;
};

// Resources: /async answers from another thread, /large with 32 MiB, /stream with an event stream,
// /stream-thread with one that another thread writes, /throw by throwing an int; all others answer
// at once with their own name.
class StockServer {
 public:
  explicit StockServer(const StockOptions& options = {});
  ~StockServer();  // kills the process
  StockServer(const StockServer&) = delete;
  StockServer& operator=(const StockServer&) = delete;

  std::uint16_t port() const { return port_; }
  bool alive();
  double cpu_seconds() const;
  // "killed by signal 6"; of a process that is not alive.
  std::string how_it_ended() const;

 private:
  pid_t pid_ = -1;
  std::uint16_t port_ = 0;
  int status_ = 0;
  bool ended_ = false;
};
