// stock-pistache-defects [LETTERS]: which of the defects that keep us from Pistache's HTTP classes
// the installed version still has. Takes about half a minute.
#include <pistache/version.h>

#include <cstdio>
#include <string_view>

#include "probes.h"

namespace {

struct Defect {
  char letter;
  const char* what;
  Finding (*probe)();
};

constexpr Defect kDefects[] = {
    {'A', "a client gets another client's answer", probe_cross_talk},
    {'B', "a chunk's CR at the end of a read hangs the worker", probe_chunk_hang},
    {'C', "the rest of a refused request is executed", probe_smuggling},
    {'D', "a client that does not read stops all others", probe_slow_reader},
    {'E', "flushing a stream from another thread aborts", probe_foreign_flush},
    {'F', "an event stream gets a 408 written into it", probe_stream_timeout},
    {'G', "an answer from another thread is not sent", probe_lost_wakeup},
    {'H', "a silent TLS client keeps all others out", probe_silent_tls_client},
    {'I', "a pipelined request is dropped", probe_pipelining},
    {'J', "a handler that throws an int ends the process", probe_foreign_exception},
};

}  // namespace

int main(int argc, char** argv) {
  const std::string_view wanted = argc > 1 ? argv[1] : "ABCDEFGHIJ";
  std::printf("Pistache %d.%d.%d\n", Pistache::Version::Major, Pistache::Version::Minor,
              Pistache::Version::Patch);
  int reproduced = 0;
  int probed = 0;
  for (const Defect& defect : kDefects) {
    if (wanted.find(defect.letter) == std::string_view::npos) continue;
    const Finding finding = defect.probe();
    ++probed;
    reproduced += finding.reproduced ? 1 : 0;
    std::printf("%c  %-8s  %-52s  %s\n", defect.letter, finding.reproduced ? "present" : "not seen",
                defect.what, finding.evidence.c_str());
    std::fflush(stdout);
  }
  std::printf("%d of %d present\n", reproduced, probed);
  return 0;
}
