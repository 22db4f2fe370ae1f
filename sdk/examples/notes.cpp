// Resources: one with a fixed URI, a template for all others; and clients are told of a change.
#include <map>
#include <mutex>

#include "mcph/notify.hpp"
#include "mcph/plugin.hpp"

class Notes {
 public:
  Notes(const mcph_host* host, std::string_view) : notify_(host) {}

  void read_index(mcph::Call call) {
    const std::lock_guard lock(mutex_);
    std::string names;
    for (const auto& [name, text] : notes_) names += name + "\n";
    call.resource_text("text/plain", names);
  }

  void read_note(mcph::Call call) {
    const std::string name = mcph::Json::parse(call.arguments()).at("name").as_string();
    const std::lock_guard lock(mutex_);
    const auto note = notes_.find(name);
    if (note == notes_.end()) throw mcph::Failure(MCPH_E_NOT_FOUND, "No such note.");
    call.resource_text("text/plain", note->second);
  }

  void write_note(mcph::Call call) {
    const mcph::Json arguments = mcph::Json::parse(call.arguments());
    const std::string& name = arguments.at("name").as_string();
    {
      const std::lock_guard lock(mutex_);
      notes_[name] = arguments.at("text").as_string();
    }
    notify_.resource_updated("note://by-name/" + name);
    call.text("Written.");
  }

 private:
  mcph::Notify notify_;
  std::mutex mutex_;
  std::map<std::string, std::string> notes_{{"welcome", "Hello!"}};
};

MCPH_PLUGIN(Notes, "notes", "1.0.0",
            mcph::resource<&Notes::read_index>("note://index", "index", "The names of all notes.",
                                               "text/plain")
                .with_extra(R"({"annotations":{"audience":["user"],"priority":0.5}})"),
            mcph::resource<&Notes::read_note>("note://by-name/{name}", "note", "One note.",
                                              "text/plain"),
            mcph::tool<&Notes::write_note>(
                "write_note", "Writes a note.",
                R"({"type":"object","properties":{"name":{"type":"string","pattern":"^[a-z]+$"},)"
                R"("text":{"type":"string"}},"required":["name","text"]})",
                MCPH_IDEMPOTENT));
