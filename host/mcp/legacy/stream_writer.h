// The writing end of a logged stream: the answer to one request of a client that may come back for
// it. Every event is stored before the client sees it, in order, on an executor; when it cannot be
// stored, the client that is here gets it without an id, for a failing database must not take an
// answer from somebody who waits for it. Thread-safe, never blocks.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "mcp/legacy/stream_readers.h"

namespace mcph::mcp {

class StreamWriter : public std::enable_shared_from_this<StreamWriter> {
 public:
  enum class Stream {
    kOfOneAnswer,   // opened and ended here
    kOfTheSession,  // of an HTTP+SSE session: others write to it too
  };
  StreamWriter(const LoggedStreamParts& parts, StreamReaders& readers, std::string name,
               std::string session_hash, Stream stream = Stream::kOfOneAnswer)
      : parts_(parts),
        readers_(readers),
        name_(std::move(name)),
        session_hash_(std::move(session_hash)),
        stream_(stream),
        opened_(stream == Stream::kOfTheSession) {}

  void write(std::string message);
  void finish(std::string message);  // may be empty: the stream ends without a word
  // Closes the client's connection as soon as it can come back.
  void release();

 private:
  struct Batch {
    std::vector<std::string> messages;
    bool ended = false;
    bool release = false;
    bool empty() const noexcept { return messages.empty() && !ended && !release; }
  };
  void start(std::unique_lock<std::mutex> lock);
  Batch take();
  void run();
  void run_unlogged(Batch batch);
  bool open();
  bool store(const Batch& batch);
  void let_go();

  const LoggedStreamParts& parts_;
  StreamReaders& readers_;
  const std::string name_;
  const std::string session_hash_;
  const Stream stream_;
  std::mutex mutex_;
  Batch queue_;
  bool finished_ = false;
  bool running_ = false;
  bool unlogged_ = false;
  bool opened_;  // of run() alone
};

}  // namespace mcph::mcp
