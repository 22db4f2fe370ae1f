#include "admin/audit.h"

#include <utility>

namespace mcph::admin {

Result<Page<audit::Entry>> Audit::list(audit::Filter filter) {
  const std::size_t count_max = filter.count_max;
  filter.newest_first = true;
  ++filter.count_max;
  Page<audit::Entry> page;
  page.items = TRY(store_.list(filter));
  if (page.items.size() > count_max) {
    page.items.pop_back();
    page.next = std::to_string(page.items.back().number);
  }
  return page;
}

Result<std::string> Audit::export_lines(audit::Filter filter) {
  filter.newest_first = false;
  const auto entries = TRY(store_.list(filter));
  std::string lines;
  for (const audit::Entry& entry : entries) lines += audit::to_json_line(entry) + '\n';
  return lines;
}

}  // namespace mcph::admin
