// The administrator's view of grants: who lets which client do what. Thread-safe, blocks on the
// store.
#pragma once

#include "admin/page.h"
#include "base/ids.h"
#include "base/result.h"
#include "oauth/grant_store.h"

namespace mcph::admin {

class Grants {
 public:
  explicit Grants(oauth::GrantStore& store) : store_(store) {}

  Result<oauth::Grant> get(const GrantId& id);
  // Newest first.
  Result<Page<oauth::Grant>> list(oauth::GrantFilter filter);
  // From the next request on nothing of the grant is accepted, on every host. Repeating is
  // harmless.
  Result<> revoke(const GrantId& id);

 private:
  oauth::GrantStore& store_;
};

}  // namespace mcph::admin
