#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "app/config.h"
#include "app/config_schema.h"
#include "unit/app/temporary_folder.h"

namespace mcph::app {
namespace {

std::string uncommented(const std::string& text) {
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    const bool is_default = line.size() > 1 && line[0] == '#' && line[1] != ' ';
    out += (is_default ? line.substr(1) : line) + "\n";
  }
  return out;
}

class ExampleConfig : public ::testing::Test {
 protected:
  LoadedConfig load(std::string text) {
    // The example names files of an installation; here they lie beside it.
    for (const std::string name : {"client_secret", "kek"}) {
      const std::string from = "/etc/mcp-host/" + name;
      const auto at = text.find(from);
      EXPECT_NE(at, std::string::npos);
      text.replace(at, from.size(), folder_.write(name, "hush"));
    }
    return load_config(folder_.write("host.toml", text), {});
  }
  TemporaryFolder folder_;
};

TEST_F(ExampleConfig, IsTheOneInTheRepository) {
  std::ifstream file(MCPH_SOURCE_DIR "/etc/mcp-host.example.toml");
  std::stringstream content;
  content << file.rdbuf();
  EXPECT_EQ(content.str(), make_example_config())
      << "write it anew: mcp-host config example > etc/mcp-host.example.toml";
}

TEST_F(ExampleConfig, LoadsWithoutAComplaint) {
  const auto loaded = load(make_example_config());
  EXPECT_TRUE(loaded.config) << ::testing::PrintToString(loaded.problems);
}

TEST_F(ExampleConfig, ShowsDefaultsThatLoadAndAreTheDefaults) {
  auto text = uncommented(make_example_config());
  // These two exclude each other with another key or with each other.
  for (const auto* key : {"issuer = \"\"\n"}) {
    const auto at = text.find(key);
    ASSERT_NE(at, std::string::npos);
    text.erase(at, std::string_view(key).size());
  }
  const auto plain = load(make_example_config());
  const auto spelled_out = load(text);
  ASSERT_TRUE(plain.config && spelled_out.config) << ::testing::PrintToString(spelled_out.problems);
  EXPECT_EQ(plain.config->listen.port, spelled_out.config->listen.port);
  EXPECT_EQ(plain.config->oauth.scopes.front().words,
            spelled_out.config->oauth.scopes.front().words);
  EXPECT_EQ(plain.config->mcp.session_lifetime, spelled_out.config->mcp.session_lifetime);
}

TEST_F(ExampleConfig, NamesEveryKey) {
  const std::string text = make_example_config();
  for (const Key& key : config_keys()) {
    if (key.name == "*") continue;  // any name
    EXPECT_NE(text.find(std::string(key.name)), std::string::npos) << key.name;
  }
}

}  // namespace
}  // namespace mcph::app
