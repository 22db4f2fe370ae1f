// "mcph.notify/1": what plugins tell all clients.
#pragma once

#include "mcph/ext/notify.h"

namespace mcph::plugins {

const mcph_notify& notify_extension() noexcept;

}  // namespace mcph::plugins
