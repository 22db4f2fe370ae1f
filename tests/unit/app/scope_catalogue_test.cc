#include "app/scope_catalogue.h"

#include <gtest/gtest.h>

namespace mcph::app {
namespace {

mcp::Offers offers() {
  mcp::Offers all;
  all.tools.items = {{"add", "todo", "{}", {"todo:write"}},
                     {"list", "todo", "{}", {"todo:read"}},
                     {"remove", "todo", "{}", {"todo:read", "todo:write"}}};
  all.resources.items = {{"todo://all", "todo", "{}", {"todo:read"}}};
  all.prompts.items = {{"plan", "todo", "{}", {"plan"}}};
  return all;
}

std::string text_of(const std::vector<oauth::ScopeWords>& catalogue) {
  std::string text;
  for (const auto& scope : catalogue) text += scope.name + "=" + scope.words + "; ";
  return text;
}

TEST(ScopeCatalogue, IsTheUnionOfWhatIsConfiguredAndWhatIsNeeded) {
  EXPECT_EQ(text_of(make_scope_catalogue({{"mcp", "Use the tools"}}, offers())),
            "mcp=Use the tools; plan=Use plan; todo:read=Use list, remove, todo://all; "
            "todo:write=Use add, remove; ");
}

TEST(ScopeCatalogue, SaysWhatThePluginSaysOfItsScopes) {
  mcp::Offers all = offers();
  all.scope_words = {{"todo:read", "See your list"}};
  EXPECT_EQ(text_of(make_scope_catalogue({}, all)),
            "plan=Use plan; todo:read=See your list; todo:write=Use add, remove; ");
}

TEST(ScopeCatalogue, PutsTheOperatorsWordsFirst) {
  mcp::Offers all = offers();
  all.scope_words = {{"todo:read", "See your list"}, {"plan", "Plan"}};
  EXPECT_EQ(text_of(make_scope_catalogue({{"todo:read", "Look at it"}, {"plan", ""}}, all)),
            "todo:read=Look at it; plan=Plan; todo:write=Use add, remove; ");
}

TEST(ScopeCatalogue, NamesFiveToolsAndCountsTheOthers) {
  mcp::Offers all;
  for (const char* name : {"a", "b", "c", "d", "e", "f", "g"}) {
    all.tools.items.push_back({name, "p", "{}", {"s"}});
  }
  EXPECT_EQ(text_of(make_scope_catalogue({}, all)), "s=Use a, b, c, d, e and 2 more; ");
}

TEST(ScopeCatalogue, ShowsTheNameOfAScopeNothingNeeds) {
  EXPECT_EQ(text_of(make_scope_catalogue({{"bare", ""}}, {})), "bare=bare; ");
}

}  // namespace
}  // namespace mcph::app
