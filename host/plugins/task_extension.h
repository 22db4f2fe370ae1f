// "mcph.task/1": work of the plugin's own on the host's threads.
#pragma once

#include "mcph/ext/task.h"

namespace mcph::plugins {

const mcph_task& task_extension() noexcept;

}  // namespace mcph::plugins
