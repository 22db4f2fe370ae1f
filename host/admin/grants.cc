#include "admin/grants.h"

#include <utility>

namespace mcph::admin {

Result<oauth::Grant> Grants::get(const GrantId& id) {
  auto found = TRY(store_.find(id));
  if (!found) return Error{Code::kNotFound, "there is no such grant", {}};
  return *std::move(found);
}

Result<Page<oauth::Grant>> Grants::list(oauth::GrantFilter filter) {
  const std::size_t count_max = filter.count_max++;
  auto listed = TRY(store_.list(filter));
  Page<oauth::Grant> page{std::move(listed), {}};
  if (page.items.size() > count_max) {
    page.items.resize(count_max);
    page.next = page.items.back().id.str();
  }
  return page;
}

Result<> Grants::revoke(const GrantId& id) {
  return store_.revoke(id, "admin");
}

}  // namespace mcph::admin
