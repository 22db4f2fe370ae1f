#include "plugins/offer_table.h"

#include <algorithm>

#include "plugins/definition.h"

namespace mcph::plugins {
namespace {

mcp::TaskUse to_task_use(const Handler& handler) {
  if (handler.has(MCPH_NEEDS_TASK)) return mcp::TaskUse::kRequired;
  return handler.has(MCPH_MAY_BE_TASK) ? mcp::TaskUse::kPossible : mcp::TaskUse::kNever;
}

template <class Entry>
void list(std::vector<Entry>& entries, mcp::ItemList& out) {
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.descriptor->name < b.descriptor->name; });
  for (const Entry& entry : entries) {
    out.items.push_back({entry.descriptor->name, entry.instance->descriptor().name,
                         make_definition(*entry.descriptor), entry.descriptor->scopes,
                         to_task_use(*entry.descriptor)});
  }
}

template <class Entry>
const Entry* find(const mcp::ItemList& items, const std::vector<Entry>& entries,
                  std::string_view name) noexcept {
  const mcp::Item* item = items.find(name);
  return item != nullptr ? &entries[static_cast<std::size_t>(item - items.items.data())] : nullptr;
}

// Whose scope it is, says what it means; of two plugins that both need it the first one does.
void add_scope_words(const Descriptor& descriptor, mcp::Offers& offers) {
  const auto add = [&](const Handler& handler) {
    for (const std::string& scope : handler.scopes) {
      const auto words = descriptor.scope_words.find(scope);
      if (words != descriptor.scope_words.end()) offers.scope_words.insert(*words);
    }
  };
  for (const auto& tool : descriptor.tools) add(tool);
  for (const auto& resource : descriptor.resources) add(resource);
  for (const auto& prompt : descriptor.prompts) add(prompt);
}

}  // namespace

OfferTable::OfferTable(const std::vector<std::shared_ptr<Instance>>& instances) {
  auto offers = std::make_shared<mcp::Offers>();
  offers->generation = 1;
  for (const auto& instance : instances) {
    const Descriptor& descriptor = instance->descriptor();
    for (const auto& tool : descriptor.tools) tools_.push_back({instance, &tool});
    for (const auto& prompt : descriptor.prompts) prompts_.push_back({instance, &prompt});
    for (const auto& resource : descriptor.resources) {
      (resource.uri_template ? templates_ : resources_).push_back({instance, &resource});
    }
    offers->completes |= descriptor.complete.has_value();
    offers->announces |= instance->announces();
    add_scope_words(descriptor, *offers);
  }
  list(tools_, offers->tools);
  list(resources_, offers->resources);
  list(templates_, offers->templates);
  list(prompts_, offers->prompts);
  templates_by_fit_ = templates_;
  std::stable_sort(templates_by_fit_.begin(), templates_by_fit_.end(),
                   [](const Resource& a, const Resource& b) {
                     return mcp::UriTemplate::says_more(*a.descriptor->uri_template,
                                                        *b.descriptor->uri_template);
                   });
  offers_ = std::move(offers);
}

const OfferTable::Tool* OfferTable::find_tool(std::string_view name) const noexcept {
  return find(offers_->tools, tools_, name);
}
const OfferTable::Prompt* OfferTable::find_prompt(std::string_view name) const noexcept {
  return find(offers_->prompts, prompts_, name);
}
const OfferTable::Resource* OfferTable::find_resource(std::string_view uri) const noexcept {
  return find(offers_->resources, resources_, uri);
}
const OfferTable::Resource* OfferTable::find_template(std::string_view text) const noexcept {
  return find(offers_->templates, templates_, text);
}

std::optional<OfferTable::Match> OfferTable::match_template(std::string_view uri) const {
  for (const Resource& resource : templates_by_fit_) {
    auto variables = resource.descriptor->uri_template->match(uri);
    if (variables) return Match{&resource, std::move(*variables)};
  }
  return std::nullopt;
}

}  // namespace mcph::plugins
