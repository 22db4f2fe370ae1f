// Plugins as the dynamic linker and a host of the least kind see them. Compiled twice: with today's
// headers, and with the frozen ones of 1.0, which makes it a host of that time that loads today's
// plugins (rules ABI-3, ABI-10, ABI-11).
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mcph/abi.h"

namespace {

using Entry = const mcph_plugin* (*)() MCPH_NOEXCEPT;

mcph_str str(std::string_view text) {
  return {text.data(), text.size()};
}

std::vector<std::string> plugin_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(MCPH_PLUGIN_DIRECTORY)) {
    if (entry.path().extension() == ".so") files.push_back(entry.path());
  }
  EXPECT_GE(files.size(), 8u);
  return files;
}

struct Library {
  explicit Library(const std::string& file) : handle(dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL)) {
    EXPECT_NE(handle, nullptr) << dlerror();
  }
  Library(const Library&) = delete;
  ~Library() {
    if (handle != nullptr) dlclose(handle);
  }
  Entry entry() const { return reinterpret_cast<Entry>(dlsym(handle, "mcph_plugin_v1")); }
  void* handle;
};

// A host that offers nothing.
struct Host {
  Host() {
    raw.size = sizeof raw;
    raw.name = "least-host";
    raw.version = "1";
    raw.log = [](const mcph_host*, int32_t, mcph_str, mcph_str) noexcept {};
    raw.extension = [](const mcph_host*, const char*) noexcept -> const void* { return nullptr; };
  }
  mcph_host raw{};
};

// A call that keeps what its handler says.
struct Call {
  explicit Call(const std::string& arguments_json) : arguments(arguments_json) {
    raw.size = sizeof raw;
    raw.host_data = this;
    raw.arguments = str(arguments);
    raw.cancelled = [](const mcph_call*) noexcept -> int32_t { return 0; };
    raw.content = [](const mcph_call* call, mcph_str block) noexcept -> mcph_status {
      static_cast<Call*>(call->host_data)->said.append(block.ptr, block.len);
      return MCPH_OK;
    };
    raw.structured = raw.content;
    raw.fail = [](const mcph_call* call, mcph_status, mcph_str text,
                  mcph_str) noexcept -> mcph_status {
      static_cast<Call*>(call->host_data)->said.append(text.ptr, text.len);
      return MCPH_OK;
    };
  }
  std::string arguments, said;
  mcph_call raw{};
};

const mcph_tool* find_tool(const mcph_plugin* plugin, std::string_view name) {
  for (uint32_t i = 0; i < plugin->tool_count; ++i) {
    if (plugin->tools[i]->name == name) return plugin->tools[i];
  }
  return nullptr;
}

// One instance of examples/hello.cpp.
struct Greeter {
  Greeter(const mcph_plugin* of, const std::string& config) : plugin(of) {
    EXPECT_EQ(plugin->start(&host.raw, str(config), &self), MCPH_OK);
  }
  ~Greeter() { plugin->stop(self); }
  std::string greet() const {
    Call call(R"({"name":"Ada"})");
    EXPECT_EQ(find_tool(plugin, "greet")->call(self, &call.raw), MCPH_OK);
    return call.said;
  }
  const mcph_plugin* plugin;
  Host host;
  void* self = nullptr;
};

TEST(Entry, DescribesEveryPluginWithoutASystemCall) {
  for (const std::string& file : plugin_files()) {
    const pid_t child = fork();
    if (child == 0) {
      const Entry entry = Library(file).entry();  // closed again, as a host does that only looks
      const Library opened(file);
      const Entry again = opened.entry();
      if (entry == nullptr || again == nullptr) _exit(2);
      // From here on read, write and exit alone: no file, no socket, no memory, no clock.
      if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0) _exit(3);
      const mcph_plugin* plugin = again();
      const bool whole = plugin != nullptr && plugin->size >= sizeof(uint32_t) && again() == plugin;
      syscall(SYS_exit, whole ? 0 : 4);
    }
    int status = -1;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0) << file;
  }
}

TEST(Instances, OfOneFileHaveNothingInCommon) {
  const Library library(MCPH_PLUGIN_DIRECTORY "/hello_cpp.so");
  const mcph_plugin* plugin = library.entry()();
  Greeter first(plugin, R"({"greeting":"Hello"})");
  auto second = std::make_unique<Greeter>(plugin, R"({"greeting":"Salut"})");
  EXPECT_NE(first.greet().find("Hello"), std::string::npos);
  EXPECT_NE(second->greet().find("Salut"), std::string::npos);
  second.reset();
  EXPECT_NE(first.greet().find("Hello"), std::string::npos);
}

TEST(Library, IsUnmappedWhenItIsClosed) {
  for (const std::string& file : plugin_files()) {
    { const Library library(file); }
    EXPECT_EQ(dlopen(file.c_str(), RTLD_NOLOAD | RTLD_LAZY), nullptr) << file << " stays mapped";
  }
}

TEST(LeastHost, CallsTodaysPlugins) {
  const Library c(MCPH_PLUGIN_DIRECTORY "/hello_c.so");
  const mcph_plugin* plugin = c.entry()();
  Host host;
  void* self = nullptr;
  ASSERT_EQ(plugin->start(&host.raw, str("{}"), &self), MCPH_OK);
  Call call("{}");
  EXPECT_EQ(find_tool(plugin, "hello_from_c")->call(self, &call.raw), MCPH_OK);
  EXPECT_NE(call.said.find("Hello from C"), std::string::npos);
  plugin->stop(self);
}

}  // namespace
