// One probe for each defect. Each starts a server of its own, does what a client may do at any
// time, and says what it saw.
#pragma once

#include <string>

struct Finding {
  bool reproduced;
  std::string evidence;
};

Finding probe_cross_talk();         // A
Finding probe_chunk_hang();         // B
Finding probe_smuggling();          // C
Finding probe_slow_reader();        // D
Finding probe_foreign_flush();      // E
Finding probe_stream_timeout();     // F
Finding probe_lost_wakeup();        // G
Finding probe_silent_tls_client();  // H
Finding probe_pipelining();         // I
Finding probe_foreign_exception();  // J
