// Where secrets may travel to. Pure.
#pragma once

#include "base/url.h"

namespace mcph::app {

// https, or http where nobody is between the two ends.
inline bool is_trustworthy(const Url& url) {
  return url.scheme == "https" || (url.scheme == "http" && url.is_loopback());
}

}  // namespace mcph::app
