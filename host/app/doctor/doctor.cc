#include "app/doctor/doctor.h"

#include <algorithm>
#include <iterator>

#include "base/json.h"

namespace mcph::app {
namespace {

constexpr int kExitHostWrong = 10;
constexpr int kExitPingOneWrong = 11;
constexpr int kExitApiWrong = 12;

const char* word_of(Finding::State state) {
  switch (state) {
    case Finding::State::kOk:
      return "ok";
    case Finding::State::kWrong:
      return "wrong";
    case Finding::State::kSkipped:
      return "skipped";
  }
  return "";
}

bool is_wrong(const Finding& finding) {
  return finding.state == Finding::State::kWrong;
}

}  // namespace

Findings examine(const DoctorParts& parts) {
  Findings all;
  for (Findings (*examine_side)(const DoctorParts&) :
       {examine_host, examine_pingone, examine_apis, examine_user}) {
    Findings side = examine_side(parts);
    std::move(side.begin(), side.end(), std::back_inserter(all));
  }
  return all;
}

std::string print_text(const Findings& findings) {
  std::string out;
  for (const Finding& finding : findings) {
    std::string state = word_of(finding.state);
    state.resize(8, ' ');
    out += state + finding.hop + ": " + finding.what + '\n';
    if (!finding.mend.empty()) out += "        -> " + finding.mend + '\n';
  }
  return out;
}

std::string print_json(const Findings& findings) {
  json::array hops;
  for (const Finding& finding : findings) {
    json::object hop{
        {"hop", finding.hop}, {"state", word_of(finding.state)}, {"what", finding.what}};
    if (!finding.mend.empty()) hop["mend"] = finding.mend;
    hops.push_back(std::move(hop));
  }
  const bool all_well = std::none_of(findings.begin(), findings.end(), is_wrong);
  return to_json(json::object{{"ok", all_well}, {"hops", std::move(hops)}}) + '\n';
}

int exit_status(const Findings& findings) {
  const auto first = std::find_if(findings.begin(), findings.end(), is_wrong);
  if (first == findings.end()) return 0;
  if (first->side == Side::kHost) return kExitHostWrong;
  return first->side == Side::kPingOne ? kExitPingOneWrong : kExitApiWrong;
}

}  // namespace mcph::app
