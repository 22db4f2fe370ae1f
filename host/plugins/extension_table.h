// What this host offers plugins beyond logging: one row for each extension id. A plugin asks by id
// and revision, "mcph.http/1", and gets a table of functions that lives as long as the host.
#pragma once

#include <string_view>

namespace mcph::plugins {

class Instance;

// Null when this host does not offer `id` to this instance. Thread-safe.
const void* find_extension(Instance& instance, std::string_view id) noexcept;

}  // namespace mcph::plugins
